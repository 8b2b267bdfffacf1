import { describe, expect, test } from "vitest";
import {
  abs,
  adam,
  add,
  broadcastTo,
  cast,
  clip,
  compile,
  concat,
  constant,
  dense,
  divide,
  exp,
  gelu,
  gradients,
  greater,
  greaterEqual,
  gru,
  input,
  leakyRelu,
  less,
  lessEqual,
  lstm,
  matmul,
  maximum,
  mean,
  meanSquaredError,
  minimum,
  model,
  multiply,
  neg,
  pow,
  reciprocal,
  relu,
  reshape,
  scan,
  select,
  sigmoid,
  simpleRnn,
  split,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  tanh,
  transpose,
} from "../../compiler/language.js";
import { lowerPrograms } from "../../compiler/lower/lowerProgram.js";
import { retarget } from "../../compiler/pipeline.js";
import { computationOf } from "../../compiler/program.js";
import { openFunction } from "../../runtime/index.js";
import { generate } from "../../src/ir/array.js";
import { Body } from "../../src/ir/body.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { type Node, nodeOf, type OpTable, tensorOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { rowProgramOf } from "../../src/ops/shared/rowProgram.js";
import { testedBackends } from "../support/backends.js";

type Sequences = Tensor<["batch", "time", 5]>;
type Mask = Tensor<["batch", "time"], "bool">;

/** A step with a choice, and what kernels of TensorFlow's would be many for. */
const ownCell = (x: Sequences) =>
  scan(x, broadcastTo(constant(0), ["batch", 5]), (carry, place) => {
    const kept = tanh(add(multiply(carry, 0.5), place));
    const next = select(greater(place, 0), kept, maximum(carry, multiply(place, place)));
    return { carry: next, output: multiply(next, place) };
  }).outputs;

// Widths that do not fill vectors, and batches that do not fill tiles.
const networks: Readonly<Record<string, (x: Sequences, mask: Mask) => Tensor<any>>> = {
  lstm: (x, mask) => lstm(x, { units: 37, mask, returnSequences: true }),
  "lstm, backwards": (x) => lstm(x, { units: 16, goBackwards: true, returnSequences: true }),
  gru: (x, mask) => gru(x, { units: 19, mask }),
  "gru, reset before": (x) => gru(x, { units: 24, resetAfter: false, returnSequences: true }),
  "simpleRnn with relu": (x) => simpleRnn(x, { units: 9, activation: relu }),
  "a cell of one's own": ownCell,
};

type Rows = Tensor<[5, 5]>;
type At = { readonly [K in keyof typeof data]: any };

// As many rows as columns: what is of one must not be taken for what is of the other.
const data = {
  // Of all sizes, for what must not overflow elsewhere than it does by definition; and of numbers that integers round.
  x: generate([5, 3, 5], "float32", (i) => [-1e30, -100, -20.5, -1, -1e-30, 0, 0.3, 1, 7.7, 90, 1e30][i % 11]!),
  z: generate([5, 3, 5], "float32", (i) => ((i * 3) % 7) * 0.7 + 0.3),
  flags: generate([5, 3, 5], "bool", (i) => i % 3 === 0),
  bytes: generate([5, 3, 5], "uint8", (i) => (i * 37) % 256),
  counts: generate([5, 3, 5], "int32", (i) => ((i * 37) % 256) - 99),
  rows: generate([5, 5], "float32", Math.cos),
  tall: generate([15, 5], "float32", Math.sin),
  vector: generate([5], "float32", Math.cos),
  scalar: generate([], "float32", () => -1.25),
  marks: generate([5], "bool", (i) => i % 2 === 0),
  fewBytes: generate([5], "uint8", (i) => 255 - i),
};

const op = (name: string, operands: readonly unknown[], attributes?: object): Rows =>
  tensorOf(
    (b.op as any)(
      name,
      operands.map((operand) => nodeOf(operand as Rows, name)),
      attributes,
    ),
  );
const asFloats = (x: any) => cast(x, "float32") as Rows;

/** What a round gives, of what is carried and of a place of each sequence; what is not of `refused`, our own kernel computes. */
const taken: Readonly<Record<string, (carry: Rows, at: At) => Tensor<any, any>>> = {
  add: (c, { x, vector }) => add(add(c, x), vector),
  subtract: (c, { x, scalar }) => subtract(scalar, subtract(x, c)),
  multiply: (c, { z, rows }) => multiply(multiply(c, z), rows),
  reciprocal: (_, { x }) => reciprocal(x),
  xdivy: (c, { x }) => add(op("xdivy", [x, c]), op("xdivy", [c, x])),
  divide: (c, { x, z }) => add(divide(z, x), divide(c, z)),
  maximum: (c, { x }) => add(maximum(x, 1), maximum(c, sqrt(x))),
  minimum: (c, { x }) => add(minimum(x, 1), minimum(sqrt(x), c)),
  neg: (_, { x }) => neg(x),
  sigmoid: (_, { x }) => sigmoid(x),
  tanh: (_, { x }) => tanh(x),
  exp: (_, { x }) => exp(x),
  "exp of little": (_, { x }) => exp(tanh(x)),
  relu: (_, { x }) => relu(x),
  "relu with all its options": (_, { z }) => relu(subtract(z, 2), { maxValue: 1, negativeSlope: 0.1, threshold: 0.5 }),
  clip: (_, { x }) => clip(x, -2, 3),
  sigmoidGradient: (c, { z }) => op("sigmoidGradient", [z, sigmoid(c)]),
  tanhGradient: (c, { z }) => op("tanhGradient", [z, c]),
  reluGradient: (c, { z, x }) => op("reluGradient", [z, multiply(c, x)]),
  select: (c, { x, flags }) => select(flags, x, c),
  "select, broadcast": (c, { marks, vector }) => select(marks, c, vector),
  greater: (c, { z }) => asFloats(greater(add(c, 1), z)),
  greaterEqual: (_, { z }) => asFloats(greaterEqual(z, 1)),
  less: (_, { z }) => asFloats(less(z, 1)),
  lessEqual: (_, { z, x }) => asFloats(lessEqual(z, x)),
  square: (_, { x }) => square(x),
  sqrt: (_, { x }) => sqrt(x),
  abs: (_, { x }) => abs(x),
  broadcastTo: (c, { vector }) => multiply(broadcastTo(vector, [5, 5]), c),
  "a sequence of truths": (c, { flags }) => add(asFloats(flags), c),
  "a sequence of bytes": (c, { bytes }) => add(asFloats(bytes), c),
  "truths as bytes": (c, { x }) => add(c, asFloats(cast(greater(x, 0), "uint8"))),
  "a captured vector of bytes": (c, { fewBytes }) => multiply(c, asFloats(fewBytes)),
  concat: (c, { x, z, tall }) => matmul(concat([tanh(x), c, z], 1), tall),
  split: (c, { x }) => {
    const [left, right] = split(tanh(x), [2, 3], 1);
    return concat([right, multiply(left, 2), c], 1);
  },
  gelu: (_, { z }) => gelu(z),
  "a vector as a column": (c, { vector }) => multiply(c, reshape(vector, [5, 1])),
  "a row of truths as a column": (c, { marks }) => select(reshape(marks, [5, 1]), c, 0),
  "bytes as a column": (c, { fewBytes }) => multiply(c, asFloats(reshape(fewBytes, [5, 1]))),
  "what a vector is, as a column": (c, { vector }) => multiply(c, reshape(tanh(vector), [5, 1])),
  "dot, of the transposed": (c, { rows }) => op("dot", [c, rows], { transposeB: true }),
};

const refused: typeof taken = {
  "a cast to uint8": (c, { z }) => add(c, asFloats(cast(z, "uint8"))),
  "a cast to int32": (c, { z }) => add(c, asFloats(cast(z, "int32"))),
  "a cast to bool": (c, { z }) => add(c, asFloats(cast(subtract(z, 1), "bool"))),
  "a cast of bytes to bool": (c, { bytes }) => add(c, asFloats(cast(bytes, "bool"))),
  "a choice of bytes": (c, { z, bytes }) => add(c, asFloats(select(greater(z, 1), cast(z, "uint8"), bytes))),
  "a sequence of integers": (c, { counts }) => add(c, asFloats(multiply(counts, counts))),
  transpose: (c, { x }) => add(c, transpose(x)),
  "gelu, exact": (_, { z }) => gelu(z, { approximate: false }),
  leakyRelu: (_, { x }) => leakyRelu(x, 0.3),
  pow: (c, { z }) => pow(z, c),
  "concat of rows": (c, { z }) => sum(concat([z, c], 0), { axis: 0, keepDims: true }),
  "dot, transposed": (c, { z }) => op("dot", [z, c], { transposeA: true }),
};

const steps = { ...taken, ...refused };

/** All of them, of loops that carry on the same. */
function ofEach(given: At): Record<string, Tensor<any, any>> {
  const { x, z, flags, bytes, counts } = given;
  const sequences = { x, z, flags, bytes, counts };
  const one = (f: (carry: Rows, at: At) => Tensor<any, any>) =>
    (scan as any)(sequences, multiply(given.rows, 0.5), (carry: Rows, places: any) => {
      // What does not read the carry would be computed before the loop.
      const inLoop = (place: Rows) => maximum(place, subtract(carry, 1e38));
      const at = { ...given, ...places, x: inLoop(places.x), z: inLoop(places.z) };
      return { carry: tanh(add(multiply(carry, 2), places.z)), output: f(carry, at) };
    }).outputs;
  return Object.fromEntries(Object.entries(steps).map(([name, f]) => [name, one(f)]));
}

describe.runIf(testedBackends.includes("tensorflow"))(
  "on native TensorFlow, by our own kernel where it is there",
  () => {
    test.each(Object.entries(networks))(
      "%s is as by the reference kernels, with derivatives of two orders",
      async (_, f) => {
        const [x, mask] = [
          generate([11, 7, 5], "float32", (i) => Math.sin(i * 1.7)),
          generate([11, 7], "bool", (i) => ((i * 7) % 5 > 1 ? 1 : 0)),
        ];
        const results = async (backend: "tensorflow" | "reference") => {
          const given = { x: input(["batch", "time", 5]), mask: input(["batch", "time"], "bool") };
          const run = await openFunction(
            given,
            ({ x, mask }) => {
              const y = f(x, mask);
              const { x: dx } = gradients(add(mean(square(y)), sum(multiply(y, 0.1))) as Tensor<[]>, { x });
              return { y, dx, ddx: gradients(sum(square(dx)), { x }).x };
            },
            { backend },
          );
          const found = await run({ x, mask });
          run.dispose();
          return found;
        };
        const [found, wanted] = [await results("tensorflow"), await results("reference")];
        for (const name of ["y", "dx", "ddx"] as const) {
          expect(found[name].shape).toEqual(wanted[name].shape);
          for (const [i, value] of wanted[name].data.entries()) expect(found[name].data[i], name).toBeCloseTo(value, 5);
        }
      },
    );

    test("every op of a round is as by the reference kernels, be it of our own kernel or of TensorFlow's", async () => {
      const given = Object.fromEntries(
        Object.entries(data).map(([name, { shape, dtype }]) => [name, input(shape as number[], dtype)]),
      );
      const run = async (backend: "tensorflow" | "reference") => {
        const call = await openFunction(given, ofEach as any, { backend });
        const found: any = await call(data as any);
        call.dispose();
        return { found, graph: call.graph };
      };
      const [{ found, graph }, { found: wanted }] = [await run("tensorflow"), await run("reference")];
      const isTaken = (name: string) => {
        const scan = topologicalOrder([graph.outputs[name]!]).find(({ op }) => op === "scan")!;
        return rowProgramOf({ kind: "loop", ...(scan.attributes as OpTable["scan"]) }) !== undefined;
      };
      expect(Object.keys(steps).filter(isTaken)).toEqual(Object.keys(taken));
      const isClose = (a: number, b: number) => Object.is(a, b) || Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
      const differing = Object.keys(steps).flatMap((name) =>
        [...wanted[name].data].flatMap((value: number, i: number) =>
          isClose(found[name].data[i], value) ? [] : [`${name} [${i}]: ${found[name].data[i]}, not ${value}`],
        ),
      );
      expect(differing).toEqual([]);
    });
  },
);

test("loops of a recurrent network are nodes of our own kernel, forward and backward, only where that is there", () => {
  const net = model({ x: input(["batch", 6, 3]) }, ({ x }) => dense(lstm(x, { units: 4 }), { units: 1 }));
  const program = compile(net, { optimizer: adam(), loss: meanSquaredError() });
  const computation = retarget(computationOf(program), "tensorflow");
  const count = ({ node }: { node: { op: string }[] }) => node.filter(({ op }) => op === "ShapewrightRowLoop").length;
  expect(count(lowerPrograms([computation]).graph)).toBe(0);
  const scans = program.train.nodes.filter(({ op }) => op === "scan");
  expect(scans.map(({ attributes }) => rowProgramOf({ kind: "loop", ...(attributes as OpTable["scan"]) }))).toEqual([
    expect.anything(),
    expect.anything(),
  ]);
  expect(count(lowerPrograms([computation], { hasOwnKernels: true }).graph)).toBeGreaterThan(0);
});

test("a vector that is made a column within a loop is not taken for what all rows read", () => {
  const shaped = (...shape: number[]) => nodeOf(input(shape), "input");
  const [carry, place, vector] = [shaped(5, 5), shaped(5, 5), shaped(5)];
  const program = (factor: Node) => {
    const body = new Body([carry, place, vector], [b.op("add", [b.op("multiply", [carry, factor]), place])]);
    return rowProgramOf({ kind: "loop", body, carries: 1, sequences: 1, length: 3, reverse: false });
  };
  expect(program(b.op("reshape", [vector], { shape: [5, 1] }))).toBeUndefined();
  expect(program(vector)).toBeDefined();
});
