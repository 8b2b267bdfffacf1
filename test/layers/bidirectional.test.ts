import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  bidirectional,
  compile,
  dense,
  frozen,
  gru,
  input,
  type Loss,
  lstm,
  meanSquaredError,
  model,
  sgd,
  simpleRnn,
  type Tensor,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { array, generate, type NdArray } from "../../src/ir/array.js";
import { type Node, nodeOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { rebuild } from "../../src/ops/rebuild.js";
import fixture from "../fixtures/recurrent.json" with { type: "json" };
import { loadOn, testedBackends } from "../support/backends.js";
import { callWith, computationFor, inputsFor } from "../support/computation.js";
import { expectNumbers } from "../support/expectNumbers.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { generatedReports, sessionReports } from "../support/training.js";

const [batch, time, channels, units] = fixture.sizes as [number, number, number, number];
const layers = { lstm, gru, simpleRnn } as Readonly<Record<string, (...args: unknown[]) => any>>;
const all = [...testedBackends, "reference"] as const;
const arrayOf = (numbers: readonly number[], shape: readonly number[]) =>
  array(Float32Array.from(numbers), [...shape]) as NdArray;

function bothWays(kind: string, options: object, mergeMode: string, size = units) {
  const layer = layers[kind]!({ units: size, ...options, name: "one" });
  return bidirectional(layer, { mergeMode: mergeMode as "concat" });
}

describe.each(fixture.bidirectional)("$kind both ways, merged by $mergeMode, with $options, is Keras's", (of) => {
  test.each(all)("in values and gradients on %s", async (on) => {
    const net = model(
      { x: input([batch, time, channels]) },
      ({ x }) => bothWays(of.kind, of.options, of.mergeMode)(x as Tensor<any>) as Tensor<any>,
    );
    const names = ["one", "oneBackward"].flatMap((name) =>
      ["kernel", "recurrentKernel", "bias"].map((weight) => `${name}/${weight}`).filter((n) => net.variables.has(n)),
    );
    const variables = names.map((name) => net.variables.get(name)!);
    const arrays = [
      arrayOf(of.x, [batch, time, channels]),
      ...variables.map(({ shape }, i) => arrayOf(of.start[i]!, shape as number[])),
    ];
    const [x, ...stands] = inputsFor(arrays) as [Node, ...Node[]];
    const known = new Map<Node, Node>(variables.map((variable, i) => [variable, stands[i]!]));
    const [y] = rebuild([nodeOf(net.output)], known.set(nodeOf(net.inputs.x), x)) as [Node];
    expect(y.shape).toEqual(of.yShape);
    const axes = y.shape.map((_, axis) => axis);
    const slopes = gradientNodes(b.op("mean", [b.op("square", [y])], { axes, keepDims: false }), [x, ...stands]);
    const outputs = Object.fromEntries([["y", y], ...slopes.map((slope, i) => [`d${i}`, slope])]);
    const computation = computationFor([x, ...stands], outputs);
    const executable = on === "reference" ? loadReference(computation) : await loadOn(on, computation);
    const found = callWith(executable, arrays);
    executable.dispose();
    expect(of.slopes).toHaveLength(names.length);
    const right: [string, number[]][] = [of.dx, ...of.slopes].map((numbers, i) => [`d${i}`, numbers]);
    for (const [name, wanted] of [["y", of.y] as const, ...right]) {
      expectNumbers(found[name]!.data as Float32Array, wanted, name);
    }
  });
});

test.each(testedBackends)("takes the same steps on %s in a session and as generated code", async (backend) => {
  const net = model({ x: input(["batch", "time", 3]) }, ({ x }) =>
    dense(bidirectional(lstm({ units: 2 }))(bidirectional(gru({ units: 3, returnSequences: true }))(x)), { units: 1 }),
  );
  const program = compile(net, { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() as Loss<any> });
  const x = generate([4, 5, 3], "float32", (i) => Math.sin(i * 1.7));
  const batches = Array.from({ length: 3 }, () => ({ inputs: { x }, target: generate([4, 1], "float32", (i) => i) }));
  const text = emitTraining(program as unknown as Program, { name: "both", source: "both.ts" });
  const session = await sessionReports(backend, program as unknown as Program, batches, 5);
  const { reports, left } = await generatedReports(backend, await importGenerated<TrainingModule>(text), batches, 5);
  for (const [i, { loss }] of session.entries()) expect(reports[i]!.loss).toBeCloseTo(loss!, 5);
  expect(session[2]!.loss!).toBeLessThan(session[0]!.loss!);
  expect(left).toBe(0);
});

test("a layer has its weights once, both ways", () => {
  const both = bidirectional(gru({ units: 2 }));
  const net = model({ a: input(["batch", 4, 3]), b: input(["batch", 7, 3]) }, ({ a, b }) => ({
    a: both(a),
    b: both(b),
  }));
  expect(net.variables.size).toBe(6);
});

test("frozen, both ways stay as they are", async () => {
  const net = model({ x: input(["batch", 4, 3]) }, ({ x }) =>
    dense(bidirectional(frozen(lstm({ units: 2 })))(x), { units: 1 }),
  );
  const trained = [...net.variables].filter(([, { attributes }]) => attributes.trainable).map(([name]) => name);
  expect(trained).toEqual(["dense/kernel", "dense/bias"]);
});

test.each([
  ["bidirectional: takes lstm(), gru() or simpleRnn(), got what is no layer", null, {}],
  [
    'bidirectional: mergeMode is "product", but must be "concat", "sum", "mul" or "ave"',
    gru({ units: 2 }),
    { mergeMode: "product" },
  ],
  ["bidirectional: options are given as a record, got null", gru({ units: 2 }), null],
])("%s", (message, layer, options) => {
  const program = () => (bidirectional as (...args: unknown[]) => unknown)(layer, options);
  expect(program).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
});
