import { fromBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { Identifiers } from "../../compiler/emit/typescript/identifiers.js";
import { writeStep } from "../../compiler/emit/typescript/step.js";
import { lowerProgram } from "../../compiler/lower/lowerProgram.js";
import { SavedModelSchema } from "../../compiler/lower/saved-model/generated/tensorflow_pb.js";
import { array } from "../../src/ir/array.js";
import { makeGraph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callWith, computationFor, inputsFor } from "../support/computation.js";

// TensorFlow infers a join's shape anew as it learns that of each part: the work is the sum of the parts' squares.
test.each([64, 65, 4000, 4097])("no join of %i parts is given to TensorFlow as more than 64 parts", (count) => {
  const [x] = inputsFor([array(new Float32Array([1, 2]), [1, 2])]);
  const parts = Array.from({ length: count }, (_, i) => b.op("multiply", [x!, b.scalar(i)]));
  const { savedModel } = lowerProgram(computationFor([x!], { y: b.op("concat", parts, { axis: 0 }) }));
  const nodes = fromBinary(SavedModelSchema, savedModel).metaGraphs[0]!.graphDef!.node;
  const joins = nodes.filter(({ op }) => op === "ConcatV2");
  const axes = new Map(joins.map(({ name, input }) => [name, input.at(-1)]));
  // TensorFlow merges a join into one of which it is a part when both name the same axis.
  const merged = joins.filter(({ name, input }) => input.some((part) => axes.get(part) === axes.get(name)));
  const work = joins.reduce((sum, { input }) => sum + input.length ** 2, 0);
  expect(Math.max(...joins.map(({ input }) => input.length))).toBeLessThanOrEqual(65);
  expect(work).toBeLessThan(70 * count);
  expect(merged.map(({ name }) => name)).toEqual([]);
});

test.each([
  [62, 64],
  [4, 3],
  [64, 62, 5],
])("no joins of joins, %i of %i, become one join of more than 64 parts", (...counts) => {
  const [x] = inputsFor([array(new Float32Array([1, 2]), [1, 2])]);
  let number = 0;
  const join = ([count, ...inner]: number[]): Node =>
    count === undefined
      ? b.op("multiply", [x!, b.scalar(number++)])
      : b.op(
          "concat",
          Array.from({ length: count }, () => join(inner)),
          { axis: 0 },
        );
  const { savedModel } = lowerProgram(computationFor([x!], { y: join(counts) }));
  const nodes = fromBinary(SavedModelSchema, savedModel).metaGraphs[0]!.graphDef!.node;
  const joins = new Map(nodes.filter(({ op }) => op === "ConcatV2").map(({ name, input }) => [name, input]));
  /** The parts of a join when TensorFlow has merged into it those that name the same axis. */
  const merged = (name: string): number => {
    const [axis, ...parts] = joins.get(name)!.toReversed();
    return parts.reduce((sum, part) => sum + (joins.get(part)?.at(-1) === axis ? merged(part) : 1), 0);
  };
  const sizes = [...joins.keys()].map(merged);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(64);
  // What is short enough is left for TensorFlow to merge.
  expect(Math.max(...sizes)).toBe(counts.length === 2 && counts[0] === 4 ? 12 : 64);
});

test.each(testedBackends)("hundreds of parts are joined in their order, on %s", async (backend) => {
  const arrays = Array.from({ length: 300 }, (_, i) => array(Float32Array.of(i, -i), [1, 2]));
  const inputs = inputsFor(arrays);
  const executable = await loadOn(backend, computationFor(inputs, { y: b.op("concat", inputs, { axis: 0 }) }));
  const { y } = callWith(executable, arrays);
  expect(y).toEqual(
    array(
      Float32Array.from({ length: 600 }, (_, i) => (i % 2 ? -(i - 1) / 2 : i / 2)),
      [300, 2],
    ),
  );
  executable.dispose();
});

test.each(testedBackends)("thousands of parts are joined along an axis in the middle, on %s", async (backend) => {
  const arrays = [array(Int32Array.of(1, 2, 3, 4), [2, 1, 2])];
  const [x] = inputsFor(arrays);
  const count = 64 * 64 + 1;
  const parts = Array.from({ length: count }, (_, i) => b.op("multiply", [x!, b.scalar(i, "int32")]));
  const executable = await loadOn(backend, computationFor([x!], { y: b.op("concat", parts, { axis: 1 }) }));
  const { y } = callWith(executable, arrays);
  const rows = [1, 3].flatMap((first) => Array.from({ length: count }, (_, i) => [first * i, (first + 1) * i]));
  expect(y).toEqual(array(Int32Array.from(rows.flat()), [2, count, 2]));
  executable.dispose();
});

test("a number that is used twice by what is used twice is not written out each time", () => {
  const written = (depth: number) => {
    const x = b.op("input", [], { shape: ["batch"], dtype: "float32" });
    let number: Node = b.op("size", [], { dims: ["batch"] });
    for (let i = 0; i < depth; i++) number = b.op("add", [number, number]);
    const graph = makeGraph("predict", { y: b.op("multiply", [x, number]) }, [], new Map([[x, "x"]]));
    const { statements } = writeStep(graph, {
      inputs: new Map([["x", x]]),
      state: "weights",
      returns: "tensors",
      taken: [],
      functions: new Identifiers([]),
      pass: "prediction",
    });
    return statements.join("\n");
  };
  expect(written(2)).toContain("(x, (batch + batch) + (batch + batch))");
  expect(written(40).length).toBeLessThan(40 * 150);
});
