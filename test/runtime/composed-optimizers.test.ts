import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  accumulateGradients,
  adadelta,
  adagrad,
  adam,
  adamax,
  adamw,
  array,
  averagedWeights,
  batchNormalization,
  block,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  compile,
  constant,
  cosineDecay,
  dense,
  exponentialDecay,
  flatten,
  ftrl,
  input,
  inverseTimeDecay,
  lion,
  mean,
  meanSquaredError,
  model,
  multiply,
  muon,
  nadam,
  type Optimizer,
  ones,
  piecewiseConstantDecay,
  polynomialDecay,
  rates,
  rmsprop,
  sgd,
  square,
  subtract,
  variable,
  type WeightDecayOptions,
  weightDecay,
} from "../../compiler/language.js";
import { eager, open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import "@tensorflow/tfjs-backend-cpu";

interface Expected {
  readonly losses: readonly number[];
  readonly kernel: readonly number[];
  readonly bias: readonly number[];
  readonly averages?: readonly (readonly number[])[];
}

/** Keras's numbers; made by optimizers.py. */
const expected: Readonly<Record<string, Expected>> = JSON.parse(
  readFileSync(new URL("../fixtures/optimizers.json", import.meta.url), "utf8"),
);

const notBias = { exclude: (name: string) => name.endsWith("/bias") };
const optimizers: Readonly<Record<string, () => Optimizer>> = {
  "sgd, exponentialDecay": () => sgd({ learningRate: exponentialDecay(0.05, { decaySteps: 5, decayRate: 0.8 }) }),
  "sgd, exponentialDecay, staircase": () =>
    sgd({ learningRate: exponentialDecay(0.05, { decaySteps: 5, decayRate: 0.8, staircase: true }) }),
  "sgd with momentum, cosineDecay with warm-up": () =>
    sgd({
      learningRate: cosineDecay(0.01, { decaySteps: 12, alpha: 0.1, warmupTarget: 0.06, warmupSteps: 4 }),
      momentum: 0.9,
      nesterov: true,
    }),
  "adam, cosineDecay": () => adam({ learningRate: cosineDecay(0.1, { decaySteps: 15 }) }),
  "adam, polynomialDecay": () =>
    adam({ learningRate: polynomialDecay(0.1, { decaySteps: 15, endLearningRate: 0.01, power: 2 }) }),
  "rmsprop, inverseTimeDecay": () =>
    rmsprop({ learningRate: inverseTimeDecay(0.05, { decaySteps: 4, decayRate: 0.5 }) }),
  "adagrad, piecewiseConstantDecay": () => adagrad({ learningRate: piecewiseConstantDecay([3, 10], [0.5, 0.2, 0.05]) }),
  "adam, clipByNorm": () => clipByNorm(adam({ learningRate: 0.05 }), 0.5),
  "sgd, clipByValue": () => clipByValue(sgd({ learningRate: 0.05 }), 0.4),
  "sgd, clipByGlobalNorm": () => clipByGlobalNorm(sgd({ learningRate: 0.05 }), 0.7),
  "adam, weightDecay": () => weightDecay(adam({ learningRate: 0.05 }), 0.1, notBias),
  "sgd, averagedWeights": () => averagedWeights(sgd({ learningRate: 0.02 }), { momentum: 0.9 }),
  "adam, accumulateGradients": () => accumulateGradients(adam({ learningRate: 0.05 }), 3),
  "adam, averagedWeights of accumulateGradients": () =>
    averagedWeights(accumulateGradients(adam({ learningRate: 0.05 }), 3), { momentum: 0.9 }),
  everything: () => {
    const learningRate = cosineDecay(0.1, { decaySteps: 15, warmupTarget: 0.2, warmupSteps: 3 });
    return averagedWeights(weightDecay(clipByGlobalNorm(adam({ learningRate }), 1), 0.05, notBias), { momentum: 0.8 });
  },
};

const line = model({ x: input(["batch", 2]) }, ({ x }) =>
  dense(x, {
    units: 1,
    kernelInitializer: { name: "kernel", sample: () => new Float32Array([0.5, -0.25]) },
    biasInitializer: { name: "bias", sample: () => new Float32Array([0.1]) },
  }),
);
const x = new Float32Array([1, 2, 0.5, -1, -2, 0.25, 3, 1]);
const y = new Float32Array([3, -1, 0.5, 4]);
const programOf = (optimizer: Optimizer) => compile(line, { optimizer, loss: meanSquaredError() });
const steps = { epochs: 20, batchSize: 4, shuffle: false, verbose: "silent" } as const;

test("every case has Keras's numbers, and every number its case", () => {
  expect(Object.keys(optimizers)).toEqual(Object.keys(expected));
});

describe.each(Object.entries(optimizers))("%s", (name, make) => {
  const wanted = expected[name]!;
  const close = (given: Iterable<number>, values: readonly number[]) => {
    const all = [...given];
    expect(all.length).toBe(values.length);
    for (const [i, value] of values.entries()) expect(all[i]).toBeCloseTo(value, 4);
  };

  test.each([...testedBackends, "reference" as const])("takes Keras's steps on %s", async (backend) => {
    const session = await open(programOf(make()), { backend });
    const { history } = await session.fit({ x: array(x, [4, 2]) }, array(y, [4, 1]), steps);
    close(history.loss, wanted.losses);
    close(session.getWeight("dense/kernel").data, wanted.kernel);
    close(session.getWeight("dense/bias").data, wanted.bias);
    if (wanted.averages) {
      close(session.getWeight("optimizer/dense/kernel/average").data, wanted.averages[0]!);
      close(session.getWeight("optimizer/dense/bias/average").data, wanted.averages[1]!);
    }
    session.dispose();
  });

  test("takes them as generated code", async () => {
    await tf.setBackend("cpu");
    const { createState, trainStep } = await importGenerated<TrainingModule>(
      emitTraining(programOf(make()), { name: "line", source: "line.ts" }),
    );
    const weights = { "dense/kernel": tf.tensor2d([0.5, -0.25], [2, 1]), "dense/bias": tf.tensor1d([0.1]) };
    const state = createState({ weights });
    const batch = [tf.tensor2d(x, [4, 2]), tf.tensor2d(y, [4, 1])];
    close(
      Array.from({ length: 20 }, () => trainStep(state, ...batch).loss!),
      wanted.losses,
    );
    close(state["dense/kernel"]!.dataSync(), wanted.kernel);
  });
});

test("rates scale, and freeze what has the factor 0, for which nothing is kept", async () => {
  const small = model({ x: input(["batch", 1]) }, ({ x }) =>
    dense(dense(x, { units: 1, useBias: false, kernelInitializer: ones() }), {
      units: 1,
      useBias: false,
      kernelInitializer: ones(),
    }),
  );
  const train = async (factors: Record<string, number>) => {
    const optimizer = rates(sgd({ learningRate: 0.1, momentum: 0.5 }), factors);
    const program = compile(small, { optimizer, loss: meanSquaredError(), onWarning() {} });
    const session = await open(program, { backend: "reference" });
    await session.fit({ x: array(new Float32Array([1]), [1, 1]) }, array(new Float32Array([3]), [1, 1]), {
      verbose: "silent",
    });
    const weights = ["dense/kernel", "dense_1/kernel"].map((name) => session.getWeight(name).data[0]!);
    return { weights, names: session.weightNames };
  };
  // y = v·w·x = 1, dL/dw = dL/dv = 2·(1 - 3) = -4: a step of 0.4.
  const scaled = await train({ dense: 0.5 });
  expect(scaled.weights[0]).toBeCloseTo(1.2, 6);
  expect(scaled.weights[1]).toBeCloseTo(1.4, 6);
  const frozen = await train({ dense: 0, "dense_1/kernel": 2 });
  expect(frozen.weights[0]).toBe(1);
  expect(frozen.weights[1]).toBeCloseTo(1.8, 6);
  expect(frozen.names).toEqual([
    "dense/kernel",
    "dense_1/kernel",
    "optimizer/learningRate",
    "optimizer/dense_1/kernel/velocity",
  ]);
});

describe("names that rates go by", () => {
  const deep = model({ x: input(["batch", 2]) }, ({ x }) => {
    const encoder = block(dense({ units: 2, name: "encoder/first" }), dense({ units: 2 }));
    const normal = batchNormalization(flatten(encoder(x)), { center: false, scale: false });
    return multiply(dense(normal, { units: 1 }), variable("scale", [1], ones()));
  });
  const compiled = (optimizer: Optimizer) =>
    compile(deep, { optimizer, loss: meanSquaredError(), onWarning() {} }).variables;

  test.each([
    ["scale", "variables"],
    ["dense/bias", "variables of layers"],
    ["encoder", "what names of layers begin with"],
    ["encoder/first", "layers"],
    ["batchNormalization/movingMean", "variables that do not train"],
    ["batchNormalization", "layers that do not train"],
    ["flatten", "layers without variables"],
  ])("%s: %s", (name) => {
    expect(() => compiled(rates(sgd(), { [name]: 0 }))).not.toThrow();
  });

  test("what the outer rates freeze is a name for the inner ones, too", () => {
    const optimizer = rates(clipByNorm(rates(sgd({ momentum: 0.5 }), { "dense/kernel": 0.5, scale: 2 }), 1), {
      dense: 0,
    });
    expect([...compiled(optimizer).keys()].filter((name) => name.startsWith("optimizer/dense/"))).toEqual([]);
  });

  const refused = (name: string, listed: string) =>
    expect.objectContaining({
      code: "SW_NAME",
      message: `rates: no layer and no variable is named "${name}"; there are ${listed}`,
    });
  const nearby =
    '"dense", "dense_1", "scale", "flatten", "dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias", "encoder/first", "encoder/first/kernel" and 4 more';
  test("others are refused, with those that there are, the nearest first", () => {
    expect(() => compiled(rates(sgd(), { desne: 0 }))).toThrow(refused("desne", nearby));
    expect(() => compiled(averagedWeights(rates(rates(sgd(), { desne: 0 }), { dense: 0 })))).toThrow(
      refused("desne", nearby),
    );
    // What an optimizer keeps has no rate.
    expect(() => compile(line, { optimizer: rates(adam(), { optimizer: 0 }), loss: meanSquaredError() })).toThrow(
      refused("optimizer", '"dense", "dense/kernel", "dense/bias"'),
    );
  });
});

describe("what does not decay", () => {
  const decayed = (exclude: WeightDecayOptions["exclude"]) => {
    const deep = model({ x: input(["batch", 2]) }, ({ x }) =>
      dense(dense({ units: 2, name: "encoder/first" })(x), { units: 1 }),
    );
    const optimizer = weightDecay(sgd(), 0.5, exclude === undefined ? {} : { exclude });
    const { train, variables } = compile(deep, { optimizer, loss: meanSquaredError(), onWarning() {} });
    // What does not decay is changed in place.
    const names = [...variables].filter(([, variable]) => train.updates.get(variable)?.op !== "result");
    return names.map(([name]) => name).filter((name) => !name.startsWith("optimizer/"));
  };
  const all = ["encoder/first/kernel", "encoder/first/bias", "dense/kernel", "dense/bias"];

  test.each<[WeightDecayOptions["exclude"], string[]]>([
    [undefined, all],
    ["encoder", ["dense/kernel", "dense/bias"]],
    ["dense/bias", ["encoder/first/kernel", "encoder/first/bias", "dense/kernel"]],
    ["*/bias", ["encoder/first/kernel", "dense/kernel"]],
    ["enc*/bias", ["encoder/first/kernel", "dense/kernel", "dense/bias"]],
    [/bias/g, ["encoder/first/kernel", "dense/kernel"]],
    [(name) => name.length > 12, ["dense/kernel", "dense/bias"]],
    [["dense", /bias/], ["encoder/first/kernel"]],
  ])("%o", (exclude, names) => {
    expect(decayed(exclude)).toEqual(names);
  });

  test("names that mean nothing are refused", () => {
    expect(() => decayed(["dense", "encode"])).toThrow(
      expect.objectContaining({
        code: "SW_NAME",
        message:
          'weightDecay: no layer and no variable is named "encode"; there are "dense", "encoder/first", "dense/bias", ' +
          '"dense/kernel", "encoder/first/bias", "encoder/first/kernel"',
      }),
    );
  });
});

test("weights decay at their own rates, whether they are within or around", async () => {
  const train = async (optimizer: Optimizer) => {
    const session = await open(programOf(optimizer), { backend: "reference" });
    await session.fit({ x: array(x, [4, 2]) }, array(y, [4, 1]), { ...steps, epochs: 1 });
    return [...session.getWeight("dense/kernel").data, ...session.getWeight("dense/bias").data];
  };
  const factors = { "dense/kernel": 0.5, "dense/bias": 0 };
  const plain = await train(rates(sgd(), factors));
  const within = await train(weightDecay(rates(sgd(), factors), 0.5));
  expect(within).toEqual(await train(rates(weightDecay(sgd(), 0.5), factors)));
  // 0.01 · 0.5 · 0.5 of the weights before the step; the bias is frozen.
  const decayed = [0.5, -0.25, 0].map((w, i) => plain[i]! - 0.0025 * w);
  for (const [i, w] of decayed.entries()) expect(within[i]).toBeCloseTo(w, 6);
  const squared = await train(rates(weightDecay(rates(sgd(), { dense: 0.5 }), 0.5), { dense: 0.5 }));
  const quarter = await train(weightDecay(rates(sgd(), { dense: 0.25 }), 0.5));
  for (const [i, w] of quarter.entries()) expect(squared[i]).toBeCloseTo(w, 6);
});

test("an eager session takes composed optimizers", async () => {
  const session = await eager({ backend: "cpu" });
  const net = session.model(line);
  const optimizer = session.optimizer(optimizers.everything!());
  const losses: number[] = [];
  for (let step = 0; step < 5; step++) {
    const tape = session.gradientTape();
    const out = net({ x: constant(array(x, [4, 2])) });
    const loss = mean(square(subtract(out, constant(array(y, [4, 1])))));
    losses.push(session.value(loss).data[0]!);
    optimizer.apply(tape.gradient(loss, net.trainableVariables), net.trainableVariables);
    tape.dispose();
  }
  for (const [i, loss] of losses.entries()) expect(loss).toBeCloseTo(expected.everything!.losses[i]!, 4);
});

describe("settings out of range are refused", () => {
  const any = (value: unknown) => value as never;
  test.each<[string, () => unknown]>([
    [
      'adam: learningRate is "0.1", but must be a number in [0, Infinity) or a schedule',
      () => adam({ learningRate: any("0.1") }),
    ],
    ["adam: beta1 is 1, but must be a number in [0, 1)", () => adam({ beta1: 1 as number })],
    ["adamw: beta2 is NaN, but must be a number in [0, 1)", () => adamw({ beta2: Number.NaN })],
    ["lion: beta1 is 0, but must be a number between 0 and 1", () => lion({ beta1: 0 as number })],
    [
      "nadam: learningRate is -0.1, but must be a number in [0, Infinity) or a schedule",
      () => nadam({ learningRate: -0.1 as number }),
    ],
    ["ftrl: learningRate is 0, but must be a positive number or a schedule", () => ftrl({ learningRate: 0 as number })],
    ["ftrl: learningRatePower is 0.5, but must be a number up to 0", () => ftrl({ learningRatePower: 0.5 as number })],
    ["rmsprop: centered is 1, but must be true or false", () => rmsprop({ centered: any(1) })],
    ["muon: rmsRate is -1, but must be a number in [0, Infinity) or null", () => muon({ rmsRate: -1 as number })],
    ['adamax: no option is named "beta_1"; did you mean "beta1"?', () => adamax(any({ beta_1: 0.9 }))],
    [
      'adadelta: no option is named "globalClipnorm"; write clipByGlobalNorm(adadelta(…), limit)',
      () => adadelta(any({ globalClipnorm: 1 })),
    ],
    [
      'adam: no option is named "weightDecay"; write weightDecay(adam(…), decay)',
      () => adam(any({ weightDecay: 0.1 })),
    ],
    [
      'weightDecay: exclude is ["bias", 3], but must be a name, a regular expression, a function of a name, or a list of these',
      () => weightDecay(sgd(), 0.1, { exclude: ["bias", any(3)] }),
    ],
    ["clipByValue: limit is 0, but must be a positive number of float32", () => clipByValue(sgd(), 0 as number)],
    ["clipByNorm: limit is NaN, but must be a positive number of float32", () => clipByNorm(sgd(), Number.NaN)],
    [
      "clipByGlobalNorm: limit is -1, but must be a positive number of float32",
      () => clipByGlobalNorm(sgd(), -1 as number),
    ],
    [
      "weightDecay: decay is undefined, but must be a positive number of float32",
      () => weightDecay(sgd(), any(undefined)),
    ],
    [
      "accumulateGradients: steps is 1, but must be an integer from 2 on",
      () => accumulateGradients(sgd(), 1 as number),
    ],
    [
      "averagedWeights: momentum is 1, but must be a number in [0, 1)",
      () => averagedWeights(sgd(), { momentum: 1 as number }),
    ],
    ['rates: the factor of "dense" is -1, but must be a number in [0, Infinity)', () => rates(sgd(), { dense: -1 })],
    [
      'accumulateGradients: the optimizer keeps "accumulated" already; wrap it in accumulateGradients once',
      () => accumulateGradients(clipByNorm(accumulateGradients(sgd(), 2), 1), 2),
    ],
    [
      'averagedWeights: the optimizer keeps "average" already; wrap it in averagedWeights once',
      () => averagedWeights(weightDecay(averagedWeights(sgd()), 0.1)),
    ],
    [
      "exponentialDecay: decaySteps is 0, but must be a positive integer",
      () => exponentialDecay(1, { decaySteps: 0 as number, decayRate: 0.5 }),
    ],
    [
      "cosineDecay: warmupTarget is -1, but must be a number in [0, Infinity)",
      () => cosineDecay(1, { decaySteps: 2, warmupTarget: -1 as number }),
    ],
    ["piecewiseConstantDecay: 1 boundaries take 2 values, got 1", () => piecewiseConstantDecay([1], [1])],
    [
      "piecewiseConstantDecay: boundaries are numbers of steps that rise, got [2, 1]",
      () => piecewiseConstantDecay([2, 1], [1, 2, 3]),
    ],
  ])("%s", (message, make) => {
    expect(make).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
  });
});
