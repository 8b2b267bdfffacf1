import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  bidirectional,
  type Cell,
  compile,
  dense,
  frozen,
  gru,
  gruCell,
  input,
  type Loss,
  lstm,
  lstmCell,
  meanSquaredError,
  model,
  multiply,
  ones,
  rnn,
  rnnCell,
  sequenceMask,
  sgd,
  simpleRnn,
  simpleRnnCell,
  stackedRnnCells,
  type Tensor,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { openFunction } from "../../runtime/index.js";
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

const cells = { lstm: lstmCell, gru: gruCell, simpleRnn: simpleRnnCell } as Readonly<
  Record<string, (options: never) => Cell>
>;

/** The same of the layer's cell. */
function cellBothWays(kind: string, { returnSequences, ...options }: { returnSequences?: boolean }, mergeMode: string) {
  const cell = cells[kind]!({ units, ...options, name: "one" } as never);
  return bidirectional(rnn(cell, { returnSequences: returnSequences ?? false }), { mergeMode: mergeMode as "concat" });
}

function bothWays(kind: string, options: object, mergeMode: string, size = units) {
  const layer = layers[kind]!({ units: size, ...options, name: "one" });
  return bidirectional(layer, { mergeMode: mergeMode as "concat" });
}

describe.each(fixture.bidirectional)("$kind both ways, merged by $mergeMode, with $options, is Keras's", (of) => {
  const ways = [["layer", bothWays] as const, ["cell", cellBothWays] as const];
  test.each(all.flatMap((on) => ways.map((way) => [on, ...way] as const)))(
    "in values and gradients on %s, as a %s",
    async (on, _, make) => {
      const net = model(
        { x: input([batch, time, channels]) },
        ({ x }) => make(of.kind, of.options, of.mergeMode)(x as Tensor<any>) as Tensor<any>,
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
    },
  );
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

test("of a cell of one's own, each way has its own weights, states and masked outputs", async () => {
  const own = rnnCell({ state: { total: [1] }, input: [1] }, (x, { total }, { weight }) => {
    const next = add(total, multiply(x, weight("scale", [1], ones())));
    return { output: next, state: { total: next } };
  });
  const stack = stackedRnnCells([own, rnnCell({ state: [1], input: [1] }, (x) => ({ output: x, state: x }))]);
  const inputs = { x: input([2, 3, 1]), length: input([2], "int32") };
  const build = ({ x, length }: typeof inputs) => {
    const mask = sequenceMask(length, 3);
    const { output, state } = bidirectional(x, rnn(stack, { returnSequences: true }), { mask, returnState: true });
    return { output, forward: state.forward[0].total, backward: state.backward[1] };
  };
  expect([...model(inputs, build).variables.keys()]).toEqual(["rnnCell/scale", "rnnCell_1/scale"]);
  using f = await openFunction(inputs, build, { backend: "cpu" });
  const found = await f({
    x: [
      [[1], [2], [3]],
      [[4], [5], [6]],
    ],
    length: [3, 1],
  });
  // Running sums from either end, of the second sample those of its one step.
  expect([...found.output.data]).toEqual([1, 6, 3, 5, 6, 3, 4, 4, 0, 0, 0, 0]);
  expect([...found.forward.data]).toEqual([6, 4]);
  expect([...found.backward.data]).toEqual([6, 4]);
});

test("frozen, both ways stay as they are", async () => {
  const net = model({ x: input(["batch", 4, 3]) }, ({ x }) =>
    dense(bidirectional(frozen(lstm({ units: 2 })))(x), { units: 1 }),
  );
  const trained = [...net.variables].filter(([, { attributes }]) => attributes.trainable).map(([name]) => name);
  expect(trained).toEqual(["dense/kernel", "dense/bias"]);
});

test.each([
  ["bidirectional: takes lstm(), gru(), simpleRnn() or rnn(), got null", null, {}],
  ["bidirectional: takes lstm(), gru(), simpleRnn() or rnn(), got a function", lstm, {}],
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
