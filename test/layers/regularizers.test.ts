import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import * as language from "../../compiler/language.js";
import {
  accumulateGradients,
  activityRegularization,
  adam,
  add,
  addLoss,
  batchNormalization,
  block,
  broadcastTo,
  type Constraint,
  compile,
  constant,
  conv2d,
  dense,
  depthwiseConv2d,
  embedding,
  frozen,
  gradients,
  type Initializer,
  input,
  l1,
  l1l2,
  l2,
  layerConfigs,
  layerNormalization,
  maxNorm,
  mean,
  meanSquaredError,
  minimum,
  minMaxNorm,
  model,
  multiply,
  nonNeg,
  ones,
  orthogonalRegularizer,
  type Regularizer,
  scan,
  separableConv2d,
  sequential,
  sgd,
  square,
  sum,
  type Tensor,
  tanh,
  unitNorm,
  variable,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { eager, open, openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { tensorOf as tfjsTensorOf } from "../support/training.js";

type Row = { shape: number[]; values: number[]; name: string; options: unknown };
type Trained = Readonly<Record<"x" | "y" | "losses", number[]>> & {
  readonly starts: Readonly<Record<string, number[]>>;
  readonly evaluated: number;
  readonly after: Readonly<Record<string, number[]>>;
};

/** Keras's numbers: test/fixtures/regularizers.py. */
const fixture: {
  readonly regularizers: readonly (Row & { penalty: number; gradient: number[] })[];
  readonly constraints: readonly (Row & { next: number[] })[];
  readonly trained: Readonly<Record<"sgd" | "adam", Trained>>;
} = JSON.parse(readFileSync(new URL("../fixtures/regularizers.json", import.meta.url), "utf8"));

const all = [...testedBackends, "reference"] as const;
const given = (values: readonly number[]): Initializer => ({ name: "given", sample: () => new Float32Array(values) });
const make = <F>(name: string, options: unknown) =>
  (language as unknown as Record<string, (options: unknown) => F>)[name]!(options ?? undefined);

function expectNumbers(actual: ArrayLike<number>, wanted: readonly number[], what: string, tolerance = 2e-6): void {
  expect(actual.length, what).toBe(wanted.length);
  wanted.forEach((value, i) => {
    const off = Math.abs(actual[i]! - value);
    expect(off, `${what}[${i}]: ${actual[i]}, not ${value}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    );
  });
}

describe.each(all)("on %s", (backend) => {
  test.each(fixture.regularizers)(
    "$name($options) of $shape costs what Keras's does, with its gradient",
    async (row) => {
      const regularizer = make<Regularizer>(row.name, row.options);
      const f = await openFunction(
        { w: input(row.shape as [number]) },
        ({ w }) => {
          const penalty = regularizer(w);
          return { penalty, gradient: gradients(penalty, w) };
        },
        { backend },
      );
      const { penalty, gradient } = await f({ w: array(new Float32Array(row.values), row.shape) as never });
      // Of one row alone there is no pair, and Keras divides 0 by 0.
      if (Number.isNaN(row.penalty)) expect(penalty.data[0]).toBe(0);
      else {
        expectNumbers(penalty.data, [row.penalty], "penalty");
        expectNumbers(gradient.data, row.gradient, "gradient");
      }
      f.dispose();
    },
  );

  test.each(fixture.constraints)("$name($options) of $shape leaves what Keras's does", async (row) => {
    const constraint = make<Constraint>(row.name, row.options);
    const f = await openFunction({ w: input(row.shape as [number]) }, ({ w }) => ({ next: constraint(w) }), {
      backend,
    });
    const { next } = await f({ w: array(new Float32Array(row.values), row.shape) as never });
    expectNumbers(next.data as Float32Array, row.next, "next");
    f.dispose();
  });

  test.each(["sgd", "adam"] as const)("three epochs of %s are Keras's, with the losses that it shows", async (name) => {
    const { x, y, losses, evaluated, after } = fixture.trained[name];
    const session = await open(programOf(name), { backend });
    const data = { x: array(new Float32Array(x), [7, 3]) };
    const target = array(new Float32Array(y), [7, 2]);
    const shown: number[] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      const options = { batchSize: 4, epochs: 1, shuffle: false, verbose: "silent" } as const;
      const { history } = await session.fit(data as never, target as never, options);
      shown.push(history.loss![0] as number);
    }
    expectNumbers(shown, losses, "losses", 2e-5);
    const { loss } = await session.evaluate(data as never, target as never, { batchSize: 4 });
    expectNumbers([loss], [evaluated], "evaluated", 2e-5);
    for (const [weight, wanted] of Object.entries(after)) {
      expectNumbers(session.getWeight(weight).data as Float32Array, wanted, weight, 5e-5);
    }
    session.dispose();
  });
});

/** The model that regularizers.py trains. */
function programOf(name: "sgd" | "adam"): Program {
  const { starts } = fixture.trained[name];
  const kernelInitializer = (layer: string) => given(starts[`${layer}/kernel`]!);
  const net = model({ x: input(["batch", 3]) }, ({ x }) =>
    sequential(
      x,
      dense({
        units: 4,
        activation: tanh,
        name: "hidden",
        kernelInitializer: kernelInitializer("hidden"),
        biasInitializer: given(starts["hidden/bias"]!),
        kernelRegularizer: l2(0.05),
        biasRegularizer: l1(0.1),
        activityRegularizer: l1l2({ l1: 0.02, l2: 0.3 }),
        kernelConstraint: unitNorm(),
      }),
      dense({
        units: 4,
        name: "fixed",
        useBias: false,
        kernelInitializer: kernelInitializer("fixed"),
        kernelRegularizer: l2(10),
        kernelConstraint: nonNeg(),
        trainable: false,
      }),
      dense({
        units: 2,
        name: "out",
        kernelInitializer: kernelInitializer("out"),
        biasInitializer: given(starts["out/bias"]!),
        kernelRegularizer: orthogonalRegularizer({ factor: 0.2, mode: "columns" }),
        biasConstraint: nonNeg(),
      }),
    ),
  );
  const optimizer = name === "sgd" ? sgd({ learningRate: 0.1 }) : adam({ learningRate: 0.01 });
  return compile(net, { optimizer, loss: meanSquaredError(), onWarning: () => {} }) as unknown as Program;
}

test.each(testedBackends)("six steps of generated code on %s are Keras's", async (backend) => {
  const { x, y, starts, after } = fixture.trained.adam;
  const module = await importGenerated<TrainingModule>(
    emitTraining(programOf("adam"), { name: "program", source: "test" }),
  );
  await tf.setBackend(backend);
  const part = (values: readonly number[], width: number, from: number, to: number) =>
    tfjsTensorOf(array(new Float32Array(values.slice(from * width, to * width)), [to - from, width]));
  const shapes: Record<string, number[]> = { hidden: [3, 4], fixed: [4, 4], out: [4, 2] };
  const weights = Object.fromEntries(
    Object.entries(starts).map(([name, values]) => {
      const shape = shapes[name.split("/")[0]!]!;
      return [name, tfjsTensorOf(array(new Float32Array(values), name.endsWith("bias") ? [shape[1]!] : shape))];
    }),
  );
  const state = module.createState({ weights });
  for (let epoch = 0; epoch < 3; epoch++) {
    for (const [from, to] of [
      [0, 4],
      [4, 7],
    ] as const) {
      module.trainStep(state, part(x, 3, from, to), part(y, 2, from, to));
    }
  }
  for (const [name, wanted] of Object.entries(after)) {
    expectNumbers((await state[name]!.data()) as Float32Array, wanted, name, 5e-5);
  }
});

describe("the loss", () => {
  const fit = async (net: any, options: object, epochs = 1) => {
    const session = await open(compile(net, { optimizer: sgd({ learningRate: 0.1 }), ...options } as never) as never, {
      backend: "reference",
    });
    const data = { x: array(Float32Array.of(1, 2, 3), [3, 1]) };
    const target = (options as { target?: unknown }).target ?? array(Float32Array.of(1, 2, 3), [3, 1]);
    const history = await (session as any).fit(data, target, {
      batchSize: 2,
      epochs,
      shuffle: false,
      verbose: "silent",
    });
    return { history: history.history, session: session as any };
  };
  const identity = { units: 1, kernelInitializer: ones(), useBias: false } as const;

  test("of several outputs has what weights cost once; theirs have not", async () => {
    const net = model({ x: input(["batch", 1]) }, ({ x }) => {
      const h = dense(x, { ...identity, kernelRegularizer: l2(3), trainable: true });
      return { a: h, b: h };
    });
    const program = compile(net, {
      optimizer: sgd({ learningRate: 1e-30 }),
      loss: { a: meanSquaredError(), b: meanSquaredError() },
      lossWeights: { a: 2 },
    });
    const session = await open(program, { backend: "reference" });
    const values = array(Float32Array.of(1, 2, 3), [3, 1]);
    const zeros = array(new Float32Array(3), [3, 1]);
    const evaluated = await session.evaluate({ x: values } as never, { a: zeros, b: zeros } as never, { batchSize: 2 });
    const squares = (1 + 4 + 9) / 3;
    expect(evaluated).toEqual({
      loss: expect.closeTo(3 * squares + 3, 5),
      a_loss: expect.closeTo(squares, 5),
      b_loss: expect.closeTo(squares, 5),
    });
    session.dispose();
  });

  test("has what a layer that is called twice costs: its weights once, its outputs twice", async () => {
    const net = model({ x: input(["batch", 1]) }, ({ x }) => {
      const layer = dense({ ...identity, kernelRegularizer: l2(10), activityRegularizer: l1(0.5) });
      return layer(layer(x));
    });
    const { history } = await fit(net, { optimizer: sgd({ learningRate: 1e-30 }), loss: meanSquaredError() });
    // The mean of 1, 2 and 3, half of it, twice.
    expect(history.loss.at(-1)).toBeCloseTo(10 + 2, 5);
  });

  test("has what addLoss adds, in a model within a model too, and prediction is left alone", async () => {
    const inner = model({ x: input(["batch", 1]) }, ({ x }) =>
      addLoss(dense(x, identity), multiply(7, mean(square(x)))),
    );
    const net = model({ x: input(["batch", 1]) }, ({ x }) => inner.apply({ x: multiply(x, 2) }));
    const { session, history } = await fit(net, { optimizer: sgd({ learningRate: 1e-30 }), loss: meanSquaredError() });
    expect(history.loss.at(-1)).toBeCloseTo((14 / 3) * (1 + 7 * 4), 4);
    expect([...(await session.predict({ x: array(Float32Array.of(5), [1, 1]) })).data]).toEqual([10]);
  });

  test("of weighted samples and of masks has it in full", async () => {
    const net = () => model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { ...identity, kernelRegularizer: l2(4) }));
    for (const sampleWeight of ["samples", "mask"] as const) {
      const program = compile(net(), {
        optimizer: sgd({ learningRate: 1e-30 }),
        loss: meanSquaredError(),
        sampleWeight,
      });
      const session = await open(program, { backend: "reference" });
      const values = array(Float32Array.of(1, 2, 3), [3, 1]);
      const weights =
        sampleWeight === "samples" ? array(Float32Array.of(0, 1, 0), [3]) : array(Float32Array.of(0, 1, 0), [3, 1]);
      const { loss } = await session.evaluate(
        { x: values } as never,
        values as never,
        { batchSize: 3, sampleWeight: weights } as never,
      );
      expect(loss, sampleWeight).toBeCloseTo(4, 5);
      session.dispose();
    }
  });

  test("has what activityRegularization costs, over the number of samples", async () => {
    const net = model({ x: input(["batch", 1]) }, ({ x }) =>
      activityRegularization(dense(x, identity), { l1: 1, l2: 2 }),
    );
    const { history } = await fit(net, { optimizer: sgd({ learningRate: 1e-30 }), loss: meanSquaredError() });
    expect(history.loss.at(-1)).toBeCloseTo(2 + (2 * 14) / 3, 5);
  });

  test("without the loss's own gradient, what weights cost is minimised", async () => {
    const net = model({ x: input(["batch", 1]) }, ({ x }) =>
      dense(multiply(x, 0), { ...identity, kernelRegularizer: l2(1) }),
    );
    const { session } = await fit(net, { loss: meanSquaredError() });
    // Two steps of w := w - 0.1 · 2w.
    expect(session.getWeight("dense/kernel").data[0]).toBeCloseTo(0.64, 6);
  });

  test("of a layer within a loop is refused, for it would be lost", async () => {
    const net = model({ x: input(["batch", 4, 1]) }, ({ x }) => {
      const layer = dense({ ...identity, activityRegularizer: l2() });
      const start = broadcastTo(constant(0), ["batch", 1]);
      return scan(x, start, (sum, at) => ({ carry: add(sum, layer(at)), output: at })).carry;
    });
    const message =
      "addLoss, or an activityRegularizer, is inside of a loop, where its loss would be lost; return it from the loop, and add it there";
    expect(() => compile(net, { optimizer: sgd(), loss: meanSquaredError() })).toThrow(`compile: ${message}`);
    using tf = await eager({ backend: "reference" });
    expect(() => tf.model(net)).toThrow(`model: ${message}`);
  });
});

describe("layers", () => {
  test("of all kinds take rules for their weights, by the weights' names", () => {
    const net = model({ ids: input(["batch"], "int32"), x: input(["batch", 4, 4, 2]) }, ({ ids, x }) => {
      const words = embedding(ids, {
        inputDim: 5,
        outputDim: 3,
        embeddingsRegularizer: l2(0.1),
        embeddingsConstraint: unitNorm({ axis: 1 }),
      });
      const rules = {
        gammaRegularizer: l1(),
        betaRegularizer: l2(),
        gammaConstraint: nonNeg(),
        betaConstraint: maxNorm(),
      };
      const h = conv2d(x, {
        filters: 2,
        kernelSize: 3,
        kernelRegularizer: l2(),
        kernelConstraint: minMaxNorm({ axis: [0, 1, 2] }),
      });
      const each = { depthwiseRegularizer: l1(), depthwiseConstraint: nonNeg() };
      const mixed = separableConv2d(depthwiseConv2d(h, { kernelSize: 1, ...each }), {
        filters: 2,
        kernelSize: 1,
        useBias: false,
        ...each,
        pointwiseRegularizer: l2(),
        pointwiseConstraint: maxNorm(),
      });
      return { words, h: layerNormalization(batchNormalization(mixed, rules), rules) };
    });
    const rulesOf = (name: string) => {
      const { regularizer, constraint } = net.variables.get(name)!.attributes;
      return [regularizer?.name, constraint?.name];
    };
    expect(Object.fromEntries([...net.variables.keys()].map((name) => [name, rulesOf(name)]))).toEqual({
      "embedding/embeddings": ["l2(0.1)", "unitNorm(1)"],
      "conv2d/kernel": ["l2(0.01)", "minMaxNorm(0, 1, 1, 0,1,2)"],
      "conv2d/bias": [undefined, undefined],
      "depthwiseConv2d/kernel": ["l1(0.01)", "nonNeg()"],
      "depthwiseConv2d/bias": [undefined, undefined],
      "separableConv2d/depthwiseKernel": ["l1(0.01)", "nonNeg()"],
      "separableConv2d/pointwiseKernel": ["l2(0.01)", "maxNorm(2, 0)"],
      "batchNormalization/gamma": ["l1(0.01)", "nonNeg()"],
      "batchNormalization/beta": ["l2(0.01)", "maxNorm(2, 0)"],
      "batchNormalization/movingMean": [undefined, undefined],
      "batchNormalization/movingVariance": [undefined, undefined],
      "layerNormalization/gamma": ["l1(0.01)", "nonNeg()"],
      "layerNormalization/beta": ["l2(0.01)", "maxNorm(2, 0)"],
    });
  });

  test("say their rules in their configurations", () => {
    const net = model({ x: input(["batch", 3]) }, ({ x }) =>
      dense(x, { units: 2, kernelRegularizer: l2(1e-4), kernelConstraint: nonNeg(), trainable: false }),
    );
    expect(layerConfigs(net)[0]!.options).toEqual({
      units: 2,
      kernelRegularizer: "l2(0.0001)",
      kernelConstraint: "nonNeg()",
      trainable: false,
    });
  });

  test("that are not trainable stay as they are, and batchNormalization keeps to its moving statistics", async () => {
    const net = model({ x: input(["batch", 2]) }, ({ x }) =>
      sequential(x, batchNormalization({ trainable: false, name: "norm" }), dense({ units: 1 })),
    );
    const session = await open(compile(net, { optimizer: sgd(), loss: meanSquaredError() }), { backend: "reference" });
    const before = ["gamma", "beta", "movingMean", "movingVariance"].map((name) => session.getWeight(`norm/${name}`));
    const data = { x: array(Float32Array.of(1, 2, 3, 4), [2, 2]) };
    await session.fit(data as never, array(Float32Array.of(1, 2), [2, 1]) as never, {
      batchSize: 2,
      epochs: 2,
      verbose: "silent",
    });
    expect(["gamma", "beta", "movingMean", "movingVariance"].map((name) => session.getWeight(`norm/${name}`))).toEqual(
      before,
    );
    session.dispose();
  });
});

describe("frozen", () => {
  const names = ["kernel", "bias", "gamma", "beta", "movingMean", "movingVariance"];

  test("layers and blocks stay as they are in training, moving statistics too; others are trained", async () => {
    const net = model({ x: input(["batch", 2]) }, ({ x }) =>
      sequential(
        x,
        frozen(block(dense({ units: 2, kernelRegularizer: l2(5) }), block(batchNormalization({ momentum: 0.5 })))),
        dense({ units: 1, name: "scores" }),
      ),
    );
    const trained = [...net.variables].filter(([, { attributes }]) => attributes.trainable).map(([name]) => name);
    expect(trained).toEqual(["scores/kernel", "scores/bias"]);
    const session = await open(compile(net, { optimizer: sgd(), loss: meanSquaredError(), onWarning: () => {} }), {
      backend: "reference",
    });
    const kept = () => {
      const own = [...net.variables.keys()].filter(
        (name) => names.includes(name.split("/")[1]!) && !name.startsWith("scores"),
      );
      return own.map((name) => session.getWeight(name));
    };
    const [before, scores] = [kept(), session.getWeight("scores/kernel")];
    expect(before).toHaveLength(6);
    const x = array(Float32Array.of(1, 2, 3, 4), [2, 2]);
    await session.fit({ x } as never, array(Float32Array.of(1, 2), [2, 1]) as never, {
      batchSize: 2,
      epochs: 2,
      verbose: "silent",
    });
    expect(kept()).toEqual(before);
    expect(session.getWeight("scores/kernel")).not.toEqual(scores);
    session.dispose();
  });

  test("what is no layer, or is trained already, is refused", () => {
    expect(() => frozen(tanh as never)).toThrow(
      "frozen: layer is a function, but must be a layer without its input, such as dense({ units: 10 })",
    );
    const layer = dense({ units: 2, name: "shared" });
    const x = input(["batch", 2]);
    layer(x);
    expect(() => frozen(layer)(x)).toThrow(
      "frozen: the kernel of dense \"shared\" is trained since it was first called; make the layer's first call a frozen one, or leave it out of what compile's trainable names",
    );
    // The other way around, it stays frozen.
    const first = dense({ units: 2 });
    frozen(first)(x);
    const net = model({ x }, () => first(x));
    expect([...net.variables.values()].map(({ attributes }) => attributes.trainable)).toEqual([false, false]);
  });
});

test("constraints hold eagerly, and where gradients are accumulated", async () => {
  const session = await eager({ backend: "reference" });
  const w = session.mutable(variable("w", [2], ones(), { constraint: (x) => minimum(x, 0.5) }));
  session.optimizer(sgd({ learningRate: 0.1 })).apply(constant([-1, 9]) as never, w);
  expect([...w.value().data]).toEqual([0.5, expect.closeTo(0.1, 6)]);
  session.dispose();

  const net = model({ x: input(["batch", 1]) }, ({ x }) =>
    dense(x, {
      units: 1,
      kernelInitializer: ones(),
      useBias: false,
      kernelConstraint: (kernel) => minimum(kernel, 0.25),
    }),
  );
  const optimizer = accumulateGradients(sgd({ learningRate: 1e-30 }), 3);
  const program = await open(compile(net, { optimizer, loss: meanSquaredError() }), { backend: "reference" });
  const data = array(Float32Array.of(1), [1, 1]);
  await program.fit({ x: data } as never, data as never, { batchSize: 1, epochs: 1, verbose: "silent" });
  expect(program.getWeight("dense/kernel").data[0]).toBe(0.25);
  program.dispose();
});

const own = (options: object) => () => dense(input(["batch", 3]), { units: 2, ...options } as never);

test.each<[string, () => unknown]>([
  ["l1: factor is -1, but must be a number in [0, Infinity)", () => l1(-1 as number)],
  ["l2: factor is null, but must be a number in [0, Infinity)", () => l2(null as never)],
  ["l2: factor is Infinity, but must be a number in [0, Infinity)", () => l2(Infinity)],
  ["l1l2: l2 is NaN, but must be a number in [0, Infinity)", () => l1l2({ l2: Number.NaN })],
  ["l1l2: options are given as a record, got 0.1", () => l1l2(0.1 as never)],
  [
    'orthogonalRegularizer: mode is "column", but must be "rows" or "columns"',
    () => orthogonalRegularizer({ mode: "column" as never }),
  ],
  ["maxNorm: maxValue is 0, but must be a positive number of float32", () => maxNorm({ maxValue: 0 as number })],
  ['maxNorm: axis is "0", but must be the number of an axis, or a list of them', () => maxNorm({ axis: "0" as never })],
  ["minMaxNorm: rate is 2, but must be a number from 0 to 1", () => minMaxNorm({ rate: 2 as number })],
  ["minMaxNorm: there are no norms from 3 to 2", () => minMaxNorm({ minValue: 3 as number, maxValue: 2 })],
  [
    "dense: kernelRegularizer is 0.1, but must be a function of a tensor that gives a scalar, such as l2(0.01)",
    own({ kernelRegularizer: 0.1 }),
  ],
  [
    "dense: biasConstraint is null, but must be a function of a tensor that gives one of the same shape, such as nonNeg()",
    own({ biasConstraint: null }),
  ],
  ["dense: trainable is 1, but must be true or false", own({ trainable: 1 })],
  [
    'dense: the regularizer of "kernel" returns float32 [3, 2], but must return a float32 scalar',
    own({ kernelRegularizer: square }),
  ],
  [
    'dense: the constraint of "kernel" returns float32 [], but must return float32 [3, 2]',
    own({ kernelConstraint: sum }),
  ],
  ["dense: its activityRegularizer returns 1, but must return a float32 scalar", own({ activityRegularizer: () => 1 })],
  ["orthogonalRegularizer: takes a matrix, got [2]", own({ biasRegularizer: orthogonalRegularizer() })],
  ["sum: axis 1 is out of range for [2] (rank 1: -1 to 0)", own({ biasConstraint: unitNorm({ axis: 1 }) })],
  [
    "addLoss: takes a float32 scalar, got float32 [3]; reduce it with mean() or sum()",
    () => addLoss(constant([1]), constant([1, 2, 3]) as Tensor<any>),
  ],
])("%s", (message, program) => {
  expect(program).toThrow(message);
});
