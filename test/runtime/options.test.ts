import { describe, expect, test } from "vitest";
import {
  accuracy,
  activation,
  adagrad,
  adam,
  batchNormalization,
  binaryCrossentropy,
  categoricalCrossentropy,
  clipByNorm,
  clipByValue,
  compile,
  conv2d,
  dense,
  dropout,
  gaussianNoise,
  input,
  maxPooling2d,
  meanSquaredError,
  model,
  ones,
  piecewiseConstantDecay,
  polynomialDecay,
  rates,
  rmsprop,
  type Schedule,
  sgd,
  sparseCategoricalCrossentropy,
  weightDecay,
} from "../../compiler/language.js";
import { fitBatchesRules, fitRules } from "../../runtime/fit/settings.js";
import { eager, open, openFunction } from "../../runtime/index.js";
import { openRules } from "../../runtime/load.js";
import { optionsOf } from "../../src/ir/otherCall.js";

/** As an untyped program may write it. */
const untyped = (value: unknown) => value as never;

const line = model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1, kernelInitializer: ones() }));
const program = compile(line, { optimizer: sgd(), loss: meanSquaredError() });
const image = input(["batch", 8, 8, 1]);
const compiled = (options: object) =>
  compile(line, untyped({ optimizer: sgd(), loss: meanSquaredError(), ...options }));

const twoOutputs = model({ x: input(["batch", 1]) }, ({ x }) => ({
  y: dense(x, { units: 1 }),
  z: dense(x, { units: 1 }),
}));
const loss = meanSquaredError();
const weighted = (y: number) =>
  compile(twoOutputs, { optimizer: sgd(), loss: { y: loss, z: loss }, lossWeights: { y } });

describe("a finite number that float32 does not hold is refused wherever one becomes a constant", () => {
  const held = (value: string) => `${value}, which float32 does not hold (-3.4e38 to 3.4e38)`;
  const byHand: Schedule = { name: "byHand", initialLearningRate: 1, rate: (b) => b.scalar(1e300) };
  test.each<[string, () => unknown]>([
    [held("sgd: learningRate is 1e+300"), () => sgd({ learningRate: 1e300 })],
    [held("adam: epsilon is 1e+39"), () => adam({ epsilon: 1e39 })],
    [held("adagrad: initialAccumulatorValue is 1e+300"), () => adagrad({ initialAccumulatorValue: 1e300 })],
    [held("polynomialDecay: initialLearningRate is 1e+300"), () => polynomialDecay(1e300, { decaySteps: 2 })],
    [held("piecewiseConstantDecay: values is 1e+300"), () => piecewiseConstantDecay([1], [0.1, 1e300])],
    [held("clipByValue: limit is 1e+300"), () => clipByValue(sgd(), 1e300)],
    [held("weightDecay: decay is 1e+300"), () => weightDecay(sgd(), 1e300)],
    [held('rates: the factor of "dense" is 1e+300'), () => rates(sgd(), { dense: 1e300 })],
    [held("gaussianNoise: stddev is 1e+300"), () => gaussianNoise(1e300)],
    [held("batchNormalization: epsilon is 1e+300"), () => batchNormalization({ epsilon: 1e300 })],
    [held("a constant is 1e+300"), () => compiled({ optimizer: sgd({ learningRate: byHand }) })],
    [held("compile: lossWeights.y is -1e+300"), () => weighted(-1e300)],
    ["compile: lossWeights.y is Infinity, but must be a number", () => weighted(Infinity)],
    ["clipByNorm: limit is 1e-50, but must be a positive number of float32", () => clipByNorm(sgd(), 1e-50)],
  ])("%s", (message, build) => {
    expect(build).toThrow(expect.objectContaining({ code: "SW_VALUE", message }));
  });

  test("the largest of float32 and what rounds to it are held", () => {
    expect(() => clipByValue(sgd({ learningRate: 3.4028235e38 }), 3.4028234663852886e38)).not.toThrow();
  });
});

describe("where a program is written, each is refused by its name and value", () => {
  test.each<[string, () => unknown]>([
    [
      'adam: learningRate is "0.1", but must be a number in [0, Infinity) or a schedule',
      () => adam(untyped({ learningRate: "0.1" })),
    ],
    [
      "adam: learningRate is Infinity, but must be a number in [0, Infinity) or a schedule",
      () => adam({ learningRate: Infinity }),
    ],
    [
      "adam: learningRate is null, but must be a number in [0, Infinity) or a schedule",
      () => adam(untyped({ learningRate: null })),
    ],
    ["adam: epsilon is -1, but must be a number in [0, Infinity)", () => adam({ epsilon: -1 as number })],
    ["adam: options are given as a record, got null", () => adam(untyped(null))],
    ["adam: options are given as a record, got 0.001; write { learningRate: 0.001 }", () => adam(untyped(0.001))],
    ['adam: no option is named "learningrate"; did you mean "learningRate"?', () => adam(untyped({ learningrate: 1 }))],
    ['adam: no option is named "lr"; did you mean "learningRate"?', () => adam(untyped({ lr: 1 }))],
    ['adam: no option is named "eps"; did you mean "epsilon"?', () => adam(untyped({ eps: 1 }))],
    ["rmsprop: rho is 1, but must be a number in [0, 1)", () => rmsprop({ rho: 1 as number })],
    [
      "adam: beta1 is 0.99999999999, which is 1 in float32, but must be a number in [0, 1)",
      () => adam({ beta1: 0.99999999999 }),
    ],
    [
      "sgd: momentum is 0.99999998, which is 1 in float32, but must be a number in [0, 1)",
      () => sgd({ momentum: 0.99999998 }),
    ],
    [
      "adagrad: initialAccumulatorValue is NaN, but must be a number in [0, Infinity)",
      () => adagrad({ initialAccumulatorValue: Number.NaN }),
    ],
    ["sgd: momentum is true, but must be a number in [0, 1)", () => sgd(untyped({ momentum: true }))],
    ['sgd: nesterov is "yes", but must be true or false', () => sgd(untyped({ nesterov: "yes" }))],
    [
      "sparseCategoricalCrossentropy: fromLogits is 1, but must be true or false",
      () => sparseCategoricalCrossentropy(untyped({ fromLogits: 1 })),
    ],
    [
      'categoricalCrossentropy: no option is named "fromLogit"; did you mean "fromLogits"?',
      () => categoricalCrossentropy(untyped({ fromLogit: true })),
    ],
    ["binaryCrossentropy: options are given as a record, got true", () => binaryCrossentropy(untyped(true))],
    ["compile: options are given as a record, got undefined", () => compile(line, untyped(undefined))],
    [
      "compile: optimizer is undefined, but must be an optimizer, such as adam()",
      () => compiled({ optimizer: undefined }),
    ],
    ["compile: optimizer is a function, but must be an optimizer, such as adam()", () => compiled({ optimizer: adam })],
    ['compile: loss is "mse", but must be a loss, such as meanSquaredError()', () => compiled({ loss: "mse" })],
    [
      "compile: metrics[0] is a function, but must be a metric, such as accuracy()",
      () => compiled({ metrics: [accuracy] }),
    ],
    ['compile: seed is "x", but must be an integer between -2^53 and 2^53', () => compiled({ seed: "x" })],
    ["compile: memory is 1000, but must be a record of a budget and of dims", () => compiled({ memory: 1000 })],
    ["compile: onWarning is null, but must be a function", () => compiled({ onWarning: null })],
    ['compile: no option is named "metric"; did you mean "metrics"?', () => compiled({ metric: [] })],
    ['compile: no option is named "epochs"; epochs is an option of fit', () => compiled({ epochs: 2 })],
    [
      'compile: no option is named "validation_data"; validationData is an option of fit',
      () => compiled({ validation_data: [] }),
    ],
    [
      'compile: no option is named "validationBatches"; validationBatches is an option of fitBatches',
      () => compiled({ validationBatches: [] }),
    ],
    ["dense: units is undefined, but must be a positive integer", () => dense(untyped({}))],
    ["dense: options are given as a record, got 10; write { units: 10 }", () => dense(untyped(10))],
    ["dense: units is 1.5, but must be a positive integer", () => dense({ units: untyped(1.5) })],
    ['dense: units is "10", but must be a positive integer', () => dense(untyped({ units: "10" }))],
    [
      'dense: activation is "relu", but must be a function of a tensor, such as relu',
      () => dense(untyped({ units: 1, activation: "relu" })),
    ],
    ["dense: useBias is 0, but must be true or false", () => dense(untyped({ units: 1, useBias: 0 }))],
    [
      "dense: kernelInitializer is a function, but must be an initializer, such as glorotUniform() or constantInitializer(0.1)",
      () => dense(untyped({ units: 1, kernelInitializer: ones })),
    ],
    ['dense: no option is named "unit"; did you mean "units"?', () => dense(untyped({ unit: 1 }))],
    [
      'conv2d: no option is named "stride"; did you mean "strides"?',
      () => conv2d(image, untyped({ filters: 1, kernelSize: 3, stride: 2 })),
    ],
    ["conv2d: filters is 0, but must be a positive integer", () => conv2d({ filters: untyped(0), kernelSize: 3 })],
    [
      'maxPooling2d: no option is named "size"; there are name, poolSize, strides, padding',
      () => maxPooling2d(untyped({ size: 2 })),
    ],
    ['dropout: rate is "0.5", but must be a number in [0, 1)', () => dropout(untyped("0.5"))],
    ["dropout: rate is undefined, but must be a number in [0, 1)", () => dropout(untyped(undefined))],
    [
      "activation: activation is undefined, but must be a function of a tensor, such as relu",
      () => activation(untyped(undefined)),
    ],
  ])("%s", (message, write) => {
    let thrown: unknown;
    try {
      write();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: "SW_VALUE", message });
  });

  test("undefined is as good as nothing where there is a default", () => {
    expect(adam({ learningRate: undefined } as never).learningRate).toBe(0.001);
    expect(() =>
      dense(input(["batch", 1]), untyped({ units: 1, activation: undefined, name: undefined })),
    ).not.toThrow();
  });
});

test("each call takes the options that others say are its", () => {
  for (const option of optionsOf.compile) {
    expect(() => compile(line, untyped({ [option]: Symbol("none") }))).not.toThrow("no option is named");
  }
  expect(Object.keys(openRules)).toEqual(expect.arrayContaining([...optionsOf.open]));
  expect(Object.keys(fitRules)).toEqual(expect.arrayContaining([...optionsOf.fit]));
  expect(Object.keys(fitBatchesRules)).toEqual(expect.arrayContaining([...optionsOf.fitBatches]));
});

describe("so are the options of sessions", async () => {
  const session = await open(program, { backend: "reference" });
  const x = [[1]];
  test.each<[string, () => Promise<unknown>]>([
    ["fit: options are given as a record, got null", () => session.fit({ x }, x, untyped(null))],
    ["fit: epochs is 1.5, but must be a positive integer", () => session.fit({ x }, x, { epochs: 1.5 })],
    ["fit: batchSize is 0, but must be a positive integer", () => session.fit({ x }, x, { batchSize: 0 })],
    [
      "fit: batchSize is null, but must be a positive integer",
      () => session.fit({ x }, x, untyped({ batchSize: null })),
    ],
    ["fit: initialEpoch is -1, but must be an integer from 0", () => session.fit({ x }, x, { initialEpoch: -1 })],
    [
      'fit: seed is "x", but must be an integer between -2^53 and 2^53',
      () => session.fit({ x }, x, untyped({ seed: "x" })),
    ],
    [
      'fit: verbose is "loud", but must be "auto", "bar", "lines", "json", "silent", 0, 1 or 2',
      () => session.fit({ x }, x, untyped({ verbose: "loud" })),
    ],
    ["fit: signal is an object, but must be an AbortSignal", () => session.fit({ x }, x, untyped({ signal: {} }))],
    [
      'fit: terminateOnNaN is null, but must be true, false or "locate"',
      () => session.fit({ x }, x, untyped({ terminateOnNaN: null })),
    ],
    ["fit: shuffle is 1, but must be true or false", () => session.fit({ x }, x, untyped({ shuffle: 1 }))],
    [
      "fit: validationData is an object, but must be [inputs, target]",
      () => session.fit({ x }, x, untyped({ validationData: { x } })),
    ],
    [
      "fitBatches: validationData is an object, but must be [inputs, target]; a source goes to validationBatches",
      () => session.fitBatches([], untyped({ validationData: { x } })),
    ],
    ['fit: no option is named "epoch"; did you mean "epochs"?', () => session.fit({ x }, x, untyped({ epoch: 3 }))],
    [
      'fit: no option is named "class_weight"; classWeight is an option of compile',
      () => session.fit({ x }, x, untyped({ class_weight: { 0: 1 } })),
    ],
    [
      'fit: no option is named "validationBatches"; validationBatches is an option of fitBatches',
      () => session.fit({ x }, x, untyped({ validationBatches: [] })),
    ],
    [
      'fitBatches: no option is named "optimizer"; optimizer is an option of compile',
      () => session.fitBatches([], untyped({ optimizer: sgd() })),
    ],
    [
      'evaluate: no option is named "metrics"; metrics is an option of compile',
      () => session.evaluate({ x }, x, untyped({ metrics: [] })),
    ],
    ['open: no option is named "loss"; loss is an option of compile', () => open(program, untyped({ loss: 1 }))],
    [
      "evaluate: batchSize is NaN, but must be a positive integer",
      () => session.evaluate({ x }, x, { batchSize: Number.NaN }),
    ],
    [
      'evaluate: no option is named "epochs"; there are batchSize, sampleWeight',
      () => session.evaluate({ x }, x, untyped({ epochs: 1 })),
    ],
    [
      "predict: options are given as a record, got 32; write { batchSize: 32 }",
      () => session.predict({ x }, untyped(32)),
    ],
    ["open: options are given as a record, got null", () => open(program, untyped(null))],
    ['open: seed is "x", but must be an integer between -2^53 and 2^53', () => open(program, untyped({ seed: "x" }))],
    ['open: threads is "1", but must be a positive integer', () => open(program, untyped({ threads: "1" }))],
    ["open: backend is 1, but must be a text that is not empty", () => open(program, untyped({ backend: 1 }))],
    ['open: no option is named "thread"; did you mean "threads"?', () => open(program, untyped({ thread: 1 }))],
    [
      "openFunction: build is undefined, but must be a function",
      () => openFunction({ x: input(["n"]) }, untyped(undefined)),
    ],
    [
      "openFunction: takes inputs and a function of them, got a model, which compile takes",
      () => openFunction(untyped(line), untyped(undefined)),
    ],
    [
      "openFunction: options are given as a record, got null",
      () => openFunction({ x: input(["n"]) }, ({ x }) => ({ x }), untyped(null)),
    ],
    [
      "eager: seed is 1152921504606847000, but must be an integer between -2^53 and 2^53",
      () => eager({ seed: 2 ** 60 }),
    ],
    ["eager: seed is 0.5, but must be an integer between -2^53 and 2^53", () => eager({ seed: 0.5 })],
  ])("%s", async (message, call) => {
    await expect(call()).rejects.toMatchObject({ code: "SW_VALUE", message });
  });
});
