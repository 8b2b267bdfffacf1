import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import * as language from "../../compiler/language.js";
import {
  add,
  broadcastTo,
  compile,
  constant,
  dense,
  embedding,
  frozen,
  glorotUniform,
  input,
  type Loss,
  lstm,
  meanSquaredError,
  model,
  parameterCount,
  relu,
  scan,
  sgd,
  spectralNormalization,
  type Tensor,
  zeros,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { eager, open } from "../../runtime/index.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { type Node, nodeOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { rebuild } from "../../src/ops/rebuild.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callReference, callWith, computationFor, inputsFor } from "../support/computation.js";
import { expectNumbers } from "../support/expectNumbers.js";

/** A layer of PyTorch, and what it gives: test/fixtures/spectral-norm.py. */
interface Case {
  readonly kind: string;
  readonly shape: number[];
  readonly outputShape: number[];
  readonly options: object;
  readonly powerIterations: number;
  readonly x: number[];
  readonly target: number[];
  readonly start: Readonly<Record<string, { readonly shape: number[]; readonly data: number[] }>>;
  readonly loss: number[];
  readonly after: Readonly<Record<string, number[]>>;
  readonly y: number[];
  readonly dx: number[];
  readonly ddx: number[];
  readonly dkernel: number[];
  readonly dbias: number[];
}

const cases: Case[] = JSON.parse(readFileSync(new URL("../fixtures/spectral-norm.json", import.meta.url), "utf8"));
const steps = 3;
const untyped = language as unknown as Record<string, (...args: any[]) => any>;

function modelOf({ kind, shape, options, powerIterations }: Case, batch: number | string = "batch") {
  return model({ x: input([batch, ...shape.slice(1)] as any) as Tensor<any> }, ({ x }) =>
    untyped.spectralNormalization!(untyped[kind]!(options), { powerIterations })(x),
  );
}

const programOf = (of: Case): Program =>
  compile(modelOf(of), { optimizer: sgd({ learningRate: 0.5 }), loss: meanSquaredError() as Loss<any> }) as never;

const nameOf = ({ kind }: Case, weight: string) =>
  weight === "vectorU" ? `spectralNormalization/${weight}` : `${kind}/${weight}`;

const floats = (data: readonly number[], shape: readonly number[]) =>
  array(Float32Array.from(data), [...shape]) as NdArray;

const batchesOf = (shape: number[], count: number) => shape.with(0, shape[0]! * count);
const firstOf = (data: readonly number[], shape: number[]) =>
  floats(
    data.slice(
      0,
      shape.reduce((product, size) => product * size, 1),
    ),
    shape,
  );

describe.each(cases)("spectralNormalization of $kind on $shape is PyTorch's", (of) => {
  const weights = Object.entries(of.start).map(([name, { shape, data }]) => [name, floats(data, shape)] as const);

  test.each([...testedBackends, "reference"] as const)(
    "in value, gradients and a second derivative on %s",
    async (on) => {
      const net = modelOf(of, of.shape[0]);
      const arrays = [
        firstOf(of.x, of.shape),
        firstOf(of.target, of.outputShape),
        ...weights.map(([, value]) => value),
      ];
      const [x, target, ...stands] = inputsFor(arrays);
      const known = new Map<Node, Node>(weights.map(([name], i) => [net.variables.get(nameOf(of, name))!, stands[i]!]));
      const [y] = rebuild([nodeOf(net.output)], known.set(nodeOf(net.inputs.x), x!));
      const reduced = (op: "mean" | "sum", node: Node) =>
        b.op(op, [b.op("square", [node])], { axes: node.shape.map((_, axis) => axis), keepDims: false });
      const [dx, dkernel, dbias] = gradientNodes(reduced("mean", b.op("subtract", [y!, target!])), [x!, ...stands]);
      const [ddx] = gradientNodes(reduced("sum", dkernel!), [x!]);
      const outputs = { y: y!, dx: dx!, dkernel: dkernel!, dbias: dbias!, ddx: ddx! };
      const computation = computationFor([x!, target!, ...stands], outputs);
      const executable = on === "reference" ? undefined : await loadOn(on, computation);
      const found = executable ? callWith(executable, arrays) : callReference(computation, arrays);
      executable?.dispose();
      for (const name of Object.keys(outputs) as (keyof typeof outputs)[]) {
        expectNumbers(found[name]!.data, of[name], name);
      }
    },
  );

  test.each([...testedBackends, "reference"] as const)("after three steps of training on %s", async (backend) => {
    const session = await open(programOf(of), { backend });
    try {
      for (const [name, value] of weights) await session.setWeight(nameOf(of, name), value);
      const [x, target] = [
        floats(of.x, batchesOf(of.shape, steps)),
        floats(of.target, batchesOf(of.outputShape, steps)),
      ];
      const options = { batchSize: of.shape[0]!, epochs: 1, shuffle: false } as const;
      const { history } = await session.fit({ x } as any, target as any, options);
      expectNumbers(history.loss!, of.loss, "loss");
      for (const name of Object.keys(of.start)) {
        expectNumbers(session.getWeight(nameOf(of, name)).data, of.after[name]!, name);
      }
      const predict = async (by: typeof session) =>
        ((await by.predict({ x: firstOf(of.x, of.shape) } as any)) as unknown as NdArray).data;
      expectNumbers(await predict(session), of.after.predicted!, "predicted");
    } finally {
      session.dispose();
    }
  });
});

const scores = (kernel = zeros()) =>
  spectralNormalization(dense({ units: 2, useBias: false, kernelInitializer: kernel }));
const x = floats([1, 2, 3, -1, 0, 2], [2, 3]);
const target = floats([1, 0, 0, 1], [2, 2]);

async function opened(layer: ReturnType<typeof scores>, learningRate = 0.1) {
  const net = model({ x: input(["batch", 3]) }, ({ x }) => layer(x));
  const program = compile(net, { optimizer: sgd({ learningRate }), loss: meanSquaredError(), onWarning() {} });
  return open(program, { backend: "reference" });
}

test("u starts with length 1, and is saved and restored with the weights", async () => {
  const session = await opened(scores(glorotUniform()));
  const u = [...session.getWeight("spectralNormalization/vectorU").data] as number[];
  expect(Math.hypot(...u)).toBeCloseTo(1, 6);
  await session.fit({ x }, target, { epochs: 3, batchSize: 2 });
  const folder = mkdtempSync(join(tmpdir(), "spectral-"));
  await session.saveWeights(join(folder, "weights.safetensors"));
  const again = await opened(scores(glorotUniform()));
  await again.loadWeights(join(folder, "weights.safetensors"));
  const moved = session.getWeight("spectralNormalization/vectorU").data;
  expect([...moved]).not.toEqual(u);
  expect(again.getWeight("spectralNormalization/vectorU").data).toEqual(moved);
  expect((await again.predict({ x })).data).toEqual((await session.predict({ x })).data);
  session.dispose();
  again.dispose();
  rmSync(folder, { recursive: true });
});

test("eagerly, training moves u, and prediction takes it", async () => {
  const session = await eager({ backend: "reference" });
  const net = session.model(model({ x: input(["batch", 3]) }, ({ x }) => scores(glorotUniform())(x)));
  const read = (training: boolean) => {
    const y = session.value(net({ x: constant(x as never) }, { training }) as Tensor<any>);
    return {
      y: [...y.data],
      u: [...session.value(net.variables["spectralNormalization/vectorU"] as Tensor<any>).data],
    };
  };
  const [before, trained, after] = [read(false), read(true), read(false)];
  expect(trained.u).not.toEqual(before.u);
  expect(after).toEqual(trained);
  session.dispose();
});

test("σ is the largest singular value once u has come near it", async () => {
  const session = await opened(scores(), 1e-9);
  await session.setWeight("dense/kernel", floats([3, 0, 0, 1, 0, 0], [3, 2]));
  await session.fit({ x }, target, { epochs: 20, batchSize: 2 });
  // The singular values are 3 and 1.
  expectNumbers((await session.predict({ x })).data, [1, 2 / 3, -1, 0], "outputs");
  session.dispose();
});

test("a kernel of zeros stays what it is, and is trained", async () => {
  const session = await opened(scores());
  expect([...(await session.predict({ x })).data]).toEqual([0, 0, 0, 0]);
  await session.fit({ x }, target, { epochs: 1, batchSize: 2 });
  // The slope of dense(): xᵀ · 2 (0 - target) / 4, times the rate.
  const step = [1, -1, 2, 0, 3, 2].map((number) => number * 0.05);
  expectNumbers(session.getWeight("dense/kernel").data, step, "kernel");
  // u was not lost to the zeros: of a kernel that has come since, σ is found.
  await session.setWeight("dense/kernel", floats([30, 0, 0, 10, 0, 0], [3, 2]));
  await session.fit(
    { x },
    [
      [0, 0],
      [0, 0],
    ],
    { epochs: 1, batchSize: 2 },
  );
  expect(Math.hypot(...session.getWeight("spectralNormalization/vectorU").data)).toBeCloseTo(1, 5);
  session.dispose();
});

test("what is frozen has a u that stays; called twice, it is one, which moves once", async () => {
  for (const layer of [frozen(scores(glorotUniform())), spectralNormalization(frozen(dense({ units: 2 })))]) {
    const net = model({ x: input(["batch", 3]) }, ({ x }) => dense(layer(x) as Tensor<["batch", 2]>, { units: 2 }));
    expect(compile(net, { optimizer: sgd(), loss: meanSquaredError(), onWarning() {} }).train.updates.size).toBe(2);
  }
  const shared = scores(glorotUniform());
  const both = model({ a: input(["batch", 3]), b: input(["batch", 3]) }, ({ a, b }) => add(shared(a), shared(b)));
  const { train } = compile(both, { optimizer: sgd(), loss: meanSquaredError() });
  expect([...train.updates.keys()].map(({ attributes }) => attributes.name)).toEqual(["vectorU", "kernel"]);
});

test("an embedding's table has a norm, too; weights are counted", () => {
  const table = spectralNormalization(embedding({ inputDim: 9, outputDim: 4 }));
  const net = model({ ids: input(["batch", 5], "int32") }, ({ ids }) => table(ids));
  expect([...net.variables].map(([name, { shape }]) => [name, ...shape])).toEqual([
    ["embedding/embeddings", 9, 4],
    ["spectralNormalization/vectorU", 1, 4],
  ]);
  expect(parameterCount(table, input(["batch", 5], "int32"))).toBe(40);
});

test("what has no kernel is refused", () => {
  const { spectralNormalization: plain } = untyped;
  expect(() => plain!(lstm({ units: 3 }))).toThrow(
    "spectralNormalization: takes a layer with one kernel, such as dense() or conv2d(), got lstm",
  );
  expect(() => plain!(relu)).toThrow(
    "spectralNormalization: layer is a function, but must be a layer without its input, such as dense({ units: 10 })",
  );
  for (const powerIterations of [0, 1.5, "1", null]) {
    expect(() => plain!(dense({ units: 3 }), { powerIterations })).toThrow(
      "spectralNormalization: powerIterations is ",
    );
  }
});

test("in a loop, its kernel is divided before it", () => {
  const net = model({ x: input(["batch", 6, 2]) }, ({ x }) => {
    const layer = spectralNormalization(dense({ units: 2 }));
    const start: Tensor<["batch", 2]> = broadcastTo(constant(0), ["batch", 2]);
    return scan(x, start, (sum, now) => ({ carry: add(sum, layer(now)), output: sum })).carry;
  });
  expect(compile(net, { optimizer: sgd(), loss: meanSquaredError() }).train.updates.size).toBe(3);
});
