import { afterAll, describe, expect, test } from "vitest";
import * as language from "../../compiler/language.js";
import * as data from "../../runtime/datasets/index.js";
import { Eager } from "../../runtime/eager/eager.js";
import { EagerOptimizer } from "../../runtime/eager/optimizer.js";
import { GradientTape } from "../../runtime/eager/tape.js";
import * as runtime from "../../runtime/index.js";
import { Session } from "../../runtime/session.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { isCallable } from "../../src/ir/isCallable.js";

const { eager, open, openFunction } = runtime;

/** The language as a program without types sees it. */
const s = language as unknown as Readonly<Record<string, (...given: unknown[]) => any>>;

/** What may come in where something else is wanted, of JSON and of JavaScript. */
const values: Readonly<Record<string, unknown>> = {
  null: null,
  '""': "",
  NaN: Number.NaN,
  "-1": -1,
  "0": 0,
  "1.5": 1.5,
  "1e300": 1e300,
  Infinity: Infinity,
  "{}": {},
  "[]": [],
  "[null]": [null],
  true: true,
  '"x"': "x",
  '"1"': "1",
  "1n": 1n,
  date: new Date(0),
  "a function": () => 1,
};

/** Which of the values a function takes. All others it refuses by an error of ours, which is no mistake of ours. */
function takenBy(f: (value: unknown) => unknown): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    try {
      f(value);
      return [name];
    } catch (error) {
      expect(error, name).toBeInstanceOf(ShapewrightError);
      expect((error as ShapewrightError).message, name).not.toMatch(/^internal:|\[object|undefined/);
      return [];
    }
  });
}

const x = language.input(["batch", 4]);
const labels = language.input(["batch"], "int32");
const image = language.input(["batch", 8, 8, 2]);
const filter = language.variable("filter", [3, 3, 2, 4], language.zeros());
const scalar = language.sum(x);
const sgd = language.sgd();
const net = language.model({ x }, ({ x }) => language.dense(x, { units: 2 }));
const two = language.model({ x }, ({ x }) => ({
  a: language.dense(x, { units: 1 }),
  b: language.dense(x, { units: 1 }),
}));
const loss = language.meanSquaredError();
const quiet = { optimizer: sgd, loss, onWarning: () => undefined };

/** Functions of one thing that may be wrong. */
const refusesAll: Readonly<Record<string, (value: unknown) => unknown>> = {
  ...Object.fromEntries(
    [
      ...["abs", "neg", "exp", "log", "sqrt", "square", "sign", "relu", "relu6", "elu", "leakyRelu", "sigmoid", "tanh"],
      ...[
        "softmax",
        "logSoftmax",
        "logSumExp",
        "sum",
        "mean",
        "max",
        "min",
        "norm",
        "variance",
        "std",
        "countNonzero",
        "any",
        "all",
        "argMax",
        "cos",
        "sin",
        "floor",
        "transpose",
      ],
      "stopGradient",
    ].map((op) => [`${op} of it`, (value: unknown) => s[op]!(value)]),
  ),
  "dot of it and a tensor": (value) => s.dot!(value, x),
  "dot of a tensor and it": (value) => s.dot!(x, value),
  "matmul of it and a tensor": (value) => s.matmul!(value, x),
  "matmul of a tensor and it": (value) => s.matmul!(x, value),
  "select by it": (value) => s.select!(value, x, x),
  "concat of it": (value) => s.concat!(value, 0),
  "concat of a list of it": (value) => s.concat!([x, value], 0),
  "reshape of it": (value) => s.reshape!(value, [-1]),
  "slice of it": (value) => s.slice!(value, [0], [1]),
  "pad of it": (value) => s.pad!(value, [[0, 0]]),
  "gather of it": (value) => s.gather!(value, labels),
  "takeAlongAxis of it": (value) => s.takeAlongAxis!(value, labels),
  "takeAlongAxis by it": (value) => s.takeAlongAxis!(x, value),
  ...Object.fromEntries(["argMin", "sort", "argsort"].map((op) => [`${op} of it`, (value: unknown) => s[op]!(value)])),
  "topK of it": (value) => s.topK!(value, 1),
  "segmentSum of it": (value) => s.segmentSum!(value, labels, 2),
  "segmentSum by it": (value) => s.segmentSum!(x, value, 2),
  "gather by it": (value) => s.gather!(x, value),
  ...Object.fromEntries(
    [
      "erfc",
      "erfinv",
      "logicalNot",
      "bitwiseNot",
      "glu",
      "nanToNum",
      "isPosInf",
      "signbit",
      "exp2",
      "cbrt",
      "nanSum",
    ].map((op) => [`${op} of it`, (value: unknown) => s[op]!(value)]),
  ),
  ...Object.fromEntries(
    [
      ...["fft", "ifft", "fft2", "irfft", "rfft"],
      ...["cholesky", "choleskyInverse", "inverse", "det", "slogdet", "logDet", "qr", "svd", "eigh"],
    ].map((op) => [`${op} of it`, (value: unknown) => s[op]!(value)]),
  ),
  "solve of it": (value) => s.solve!(value, x),
  "solve for it": (value) => s.solve!(language.input([4, 4]), value),
  "triangularSolve of it": (value) => s.triangularSolve!(value, x),
  "imaginary parts": (value) => s.fft!([x, value]),
  "stft of it": (value) => s.stft!(value, 4, 2, 4),
  "a window of Hann": (value) => s.hann!(value),
  "logicalAnd of it and a tensor": (value) => s.logicalAnd!(value, s.greater!(x, 0)),
  "logicalXor of a tensor and it": (value) => s.logicalXor!(s.greater!(x, 0), value),
  "clip of it": (value) => s.clip!(value, 0, 1),
  "split of it": (value) => s.split!(value, 2, 0),
  "gradients of it": (value) => s.gradients!(value, { x }),
  "gradients by a record of it": (value) => s.gradients!(scalar, { x: value }),
  "a direction": (value) => s.jvp!(x, x, value),
  "a cotangent": (value) => s.vjp!(x, x, value),
  "what a model's function gives": (value) => s.model!({ x }, () => value),
  "an input": (value) => s.model!({ x: value }, () => x),
  "inputs of another": (value) => net.apply(value as never),
  "an input of another": (value) => net.apply({ x: value } as never),
  "an initializer": (value) => s.variable!("v", [2], value),
  "traceOf of it": (value) => runtime.traceOf(value as never),
  "layerConfigs of it": (value) => s.layerConfigs!(value),
  "a cell's input": (value) => s.gruCell!({ units: 2 })(value),
  "cells' input": (value) => s.stackedRnnCells!([s.lstmCell!({ units: 2 })])(value),
  "a layer in sequential": (value) => s.sequential!(x, value),
  "sequential of it": (value) => s.sequential!(value, s.dense!({ units: 1 })),
  "a key": (value) => s.randomUniform!(value, [2]),
  ...Object.fromEntries(
    ["randomTruncatedNormal", "randomBernoulli"].map((op) => [`a key of ${op}`, (value) => s[op]!(value, [2])]),
  ),
  ...Object.fromEntries(
    ["randomCategorical", "randomShuffle"].flatMap((op) => [
      [`a key of ${op}`, (value: unknown) => s[op]!(value, x)],
      [`${op} of it`, (value: unknown) => s[op]!(s.randomKey!(0), value)],
    ]),
  ),
  "compile's dims": (value) => s.compile!(net, { ...quiet, memory: { budget: 1e9, dims: value } }),
  "the size of a dim": (value) => s.compile!(net, { ...quiet, memory: { budget: 1e9, dims: { batch: value } } }),
  "one of compile's metrics": (value) => s.compile!(net, { ...quiet, metrics: [value] }),
  ...Object.fromEntries(
    ["clipByValue", "clipByNorm", "clipByGlobalNorm", "weightDecay", "accumulateGradients", "rates"].map((wrap) => [
      `${wrap} of it`,
      (value: unknown) => s[wrap]!(value, wrap === "rates" ? {} : 2),
    ]),
  ),
  "averagedWeights of it": (value) => s.averagedWeights!(value),
};

describe("what is wanted is a tensor, a model, an optimizer, an initializer, and nothing else is taken", () => {
  test.each(Object.entries(refusesAll))("%s", (_, f) => {
    expect(takenBy(f)).toEqual([]);
  });
});

/** Numbers that stand beside a tensor of float32, and of int32. */
const numbers = ["0", "-1", "1.5", "NaN", "Infinity"];
const integers = ["0", "-1"];
const floatsOnly = ["divide", "pow", "atan2", "hypot", "divideNoNan", "logAddExp", "isClose"];

/** Options and other arguments, and which of the values they may be. */
const arguments_: Readonly<Record<string, [f: (value: unknown) => unknown, taken: string[]]>> = {
  ...Object.fromEntries(
    [
      ...["add", "subtract", "multiply", "divide", "pow", "maximum", "minimum", "equal", "greater"],
      ...["floorDivide", "mod", "atan2", "hypot", "squaredDifference", "divideNoNan"],
      ...["logAddExp", "fmod", "fmax", "heaviside", "isClose"],
    ].flatMap((op) => [
      [`${op} of it and a tensor`, [(value: unknown) => s[op]!(value, x), numbers]],
      [`${op} of a tensor and it`, [(value: unknown) => s[op]!(x, value), numbers]],
      [
        `${op} of it and integers`,
        [(value: unknown) => s[op]!(value, labels), floatsOnly.includes(op) ? [] : integers],
      ],
    ]),
  ),
  "select of it": [(value) => s.select!(s.greater!(x, x), value, x), numbers],
  "bitwiseAnd of it and integers": [(value) => s.bitwiseAnd!(value, labels), integers],
  "leftShift of integers and it": [(value) => s.leftShift!(labels, value), integers],
  "clip's min": [(value) => s.clip!(x, value, Infinity), ["0", "-1", "1.5", "Infinity"]],
  "clip's max": [(value) => s.clip!(labels, -9, value), integers],
  "sum's options": [(value) => s.sum!(x, value), ["{}"]],
  "sum's axis": [(value) => s.sum!(x, { axis: value }), ["-1", "0", "[]"]],
  "sum's keepDims": [(value) => s.sum!(x, { keepDims: value }), ["true"]],
  "matmul's options": [(value) => s.matmul!(x, language.input([4, 4]), value), ["{}"]],
  "matmul's transposeA": [(value) => s.matmul!(x, language.input(["batch", 3]), { transposeA: value }), ["true"]],
  "matmul's transposeB": [(value) => s.matmul!(x, language.input([4, 4]), { transposeB: value }), ["true"]],
  "norm's options": [(value) => s.norm!(x, value), ["{}"]],
  "variance's axis": [(value) => s.variance!(x, { axis: value }), ["-1", "0", "[]"]],
  "countNonzero's keepDims": [(value) => s.countNonzero!(labels, { keepDims: value }), ["true"]],
  "argMax's axis": [(value) => s.argMax!(x, value), ["-1", "0"]],
  "concat's axis": [(value) => s.concat!([x, x], value), ["-1", "0"]],
  "gather's axis": [(value) => s.gather!(x, labels, value), ["-1", "0"]],
  "takeAlongAxis's axis": [(value) => s.takeAlongAxis!(labels, labels, value), ["-1", "0"]],
  "argMin's axis": [(value) => s.argMin!(x, value), ["-1", "0"]],
  "sort's axis": [(value) => s.sort!(x, value), ["-1", "0"]],
  "argsort's axis": [(value) => s.argsort!(x, value), ["-1", "0"]],
  "topK's k": [(value) => s.topK!(x, value), []],
  "segmentSum's numSegments": [(value) => s.segmentSum!(x, labels, value), ['"x"']],
  "gather's options": [(value) => s.gather!(x, labels, 1, value), ["{}"]],
  "gather's batchDims": [(value) => s.gather!(x, labels, 1, { batchDims: value }), ["0"]],
  "split's axis": [(value) => s.split!(language.input([4, 4]), 2, value), ["-1", "0"]],
  "split's parts": [(value) => s.split!(x, value, 1), []],
  "transpose's permutation": [(value) => s.transpose!(x, value), []],
  "an axis of a permutation": [(value) => s.transpose!(x, [1, value]), ["0"]],
  "relu's options": [(value) => s.relu!(x, value), ["{}"]],
  "relu's maxValue": [(value) => s.relu!(x, { maxValue: value }), ["0", "1.5"]],
  "cholesky's upper": [(value) => s.cholesky!(language.input([4, 4]), { upper: value }), ["true"]],
  "triangularSolve's options": [
    (value) => s.triangularSolve!(language.input([4, 4]), language.input([4]), value),
    ["{}"],
  ],
  "triangularSolve's lower": [
    (value) => s.triangularSolve!(language.input([4, 4]), language.input([4]), { lower: value }),
    ["true"],
  ],
  "rfft's fftLength": [(value) => s.rfft!(x, value), ['"x"']],
  "irfft's fftLength": [(value) => s.irfft!([x, x], value), ['"x"']],
  "stft's sequenceLength": [(value) => s.stft!(x, value, 2, 4), []],
  "stft's sequenceStride": [(value) => s.stft!(x, 2, value, 4), []],
  "stft's fftLength": [(value) => s.stft!(x, 1, 2, value), []],
  "stft's options": [(value) => s.stft!(x, 2, 2, 4, value), ["{}"]],
  "stft's window": [(value) => s.stft!(x, 2, 2, 4, { window: value }), ["null"]],
  "stft's center": [(value) => s.stft!(x, 2, 2, 4, { center: value }), ["true"]],
  "istft's length": [(value) => s.istft!(s.stft!(x, 2, 2, 4), 2, 2, 4, { length: value }), ['"x"']],
  "melSpectrogram's options": [(value) => s.melSpectrogram!(language.input(["batch", 4000]), value), ["{}"]],
  "melSpectrogram's numMelBins": [
    (value) => s.melSpectrogram!(language.input(["batch", 4000]), { numMelBins: value }),
    [],
  ],
  "melSpectrogram's minFreq": [
    (value) => s.melSpectrogram!(language.input(["batch", 4000]), { minFreq: value }),
    ["0", "1.5"],
  ],
  "kaiser's beta": [(value) => s.kaiser!(4, value), ["0", "1.5"]],
  "hann's periodic": [(value) => s.hann!(4, { periodic: value }), ["true"]],
  "nanToNum's nan": [(value) => s.nanToNum!(x, { nan: value }), numbers],
  "depthToSpace's blockSize": [(value) => s.depthToSpace!(language.input(["batch", 2, 2, 4]), value), []],
  "diag's k": [(value) => s.diag!(language.input([3]), value), integers],
  "diagonal's offset": [(value) => s.diagonal!(language.input([4, 4]), value), integers],
  "an axis of trace": [(value) => s.trace!(language.input([4, 4]), 0, value, 1), ["0"]],
  "meshgrid's vectors": [(value) => s.meshgrid!(value), []],
  "meshgrid's options": [(value) => s.meshgrid!([language.input([3])], value), ["{}"]],
  "multiHot's classes": [(value) => s.multiHot!(labels, value), []],
  "categoryEncoding's mode": [(value) => s.categoryEncoding!(labels, { numTokens: 3, outputMode: value }), []],
  "gatherNd by it": [(value) => s.gatherNd!(x, value), []],
  "scatter's shape": [(value) => s.scatter!(language.input([3, 1], "int32"), language.input([3]), value), []],
  "scatterUpdate's updates": [(value) => s.scatterUpdate!(x, language.input([3, 2], "int32"), value), []],
  "searchSorted's side": [(value) => s.searchSorted!(language.input([3]), x, { side: value }), []],
  "digitize's bins": [(value) => s.digitize!(x, value), []],
  "bincount's length": [(value) => s.bincount!(labels, value), []],
  "bincount's weights": [(value) => s.bincount!(labels, 3, { weights: value }), []],
  "histogram's bins": [(value) => s.histogram!(x, value), []],
  "histogram's range": [(value) => s.histogram!(x, 3, value), []],
  "an end of histogram's range": [(value) => s.histogram!(x, 3, [-2, value]), ["-1", "0", "1.5"]],
  "fullLike's value": [(value) => s.fullLike!(labels, value), integers],
  "logspace's base": [(value) => s.logspace!(0, 1, 3, { base: value }), ["1.5"]],
  "geomspace's start": [(value) => s.geomspace!(value, 1, 3), ["1.5"]],
  "geomspace's num": [(value) => s.geomspace!(1, 2, value), []],
  "linspace's num": [(value) => s.linspace!(1, 2, value), []],
  "tril's k": [(value) => s.tril!(language.input([4, 4]), value), integers],
  "trapezoid's dx": [(value) => s.trapezoid!(x, { dx: value }), numbers],
  "isClose's atol": [(value) => s.isClose!(x, x, { atol: value }), ["0", "1.5"]],
  "softmax's axis": [(value) => s.softmax!(x, value), ["-1", "0"]],
  "ldexp's exponent": [(value) => s.ldexp!(x, value), integers],
  "elu's alpha": [(value) => s.elu!(x, value), ["1.5"]],
  "glu's axis": [(value) => s.glu!(language.input([4, 4]), value), ["-1", "0"]],
  "leakyRelu's alpha": [(value) => s.leakyRelu!(x, value), ["0"]],
  "oneHot's depth": [(value) => s.oneHot!(labels, value), []],
  "reshape's shape": [(value) => s.reshape!(x, value), []],
  "a size of reshape": [(value) => s.reshape!(x, ["batch", value]), ["-1"]],
  "broadcastTo's shape": [(value) => s.broadcastTo!(x, value), []],
  "slice's begin": [(value) => s.slice!(x, value, [1, 1]), []],
  "a place of slice": [(value) => s.slice!(x, [0, value], [-1, 1]), ["0", '"x"']],
  "slice's size": [(value) => s.slice!(x, [0, 0], value), []],
  "a size of slice": [(value) => s.slice!(x, [0, 0], [1, value]), ["-1", '"x"']],
  "pad's paddings": [(value) => s.pad!(x, value), []],
  "a pair of paddings": [(value) => s.pad!(x, [[0, 0], value]), []],
  "a padding": [
    (value) =>
      s.pad!(x, [
        [0, 0],
        [value, 0],
      ]),
    ["0", '"x"'],
  ],
  "pad's value": [(value) => s.pad!(labels, [[1, 0]], value), ["-1", "0"]],
  "pad's value among floats": [
    (value) =>
      s.pad!(
        x,
        [
          [0, 0],
          [1, 0],
        ],
        value,
      ),
    ["NaN", "-1", "0", "1.5", "Infinity"],
  ],
  "conv2d's options": [(value) => s.conv2d!(image, filter, value), ["{}"]],
  "conv2d's strides": [(value) => s.conv2d!(image, filter, { strides: value }), []],
  "conv2d's padding": [(value) => s.conv2d!(image, filter, { padding: value }), ["0"]],
  "conv2d's dilations": [(value) => s.conv2d!(image, filter, { dilations: value }), []],
  "conv2d's groups": [(value) => s.conv2d!(image, filter, { groups: value }), []],
  "maxPool2d's options": [(value) => s.maxPool2d!(image, value), ["{}"]],
  "averagePool2d's poolSize": [(value) => s.averagePool2d!(image, { poolSize: value }), []],
  "input's shape": [(value) => s.input!(value), ["[]"]],
  "a dim of an input": [(value) => s.input!([value]), ['"x"']],
  "a model's function": [
    (value) => (typeof value === "function" ? s.model!({ x }, () => x) : s.model!({ x }, value)),
    ["a function"],
  ],
  "gradients by it": [(value) => s.gradients!(scalar, value), ["{}", "[]", "date"]],
  "auc's options": [(value) => s.auc!(value), ["{}"]],
  "auc's numThresholds": [(value) => s.auc!({ numThresholds: value }), []],
  "precision's thresholds": [(value) => s.precision!({ thresholds: value }), ["0"]],
  "factors of rates": [(value) => s.rates!(sgd, value), ["{}"]],
  "constantInitializer's value": [(value) => s.constantInitializer!(value), ["NaN", "-1", "0", "1.5", "Infinity"]],
  "variable's name": [(value) => s.variable!(value, [2], s.zeros!()), ['"x"', '"1"']],
  "a budget": [
    (value) => s.compile!(net, { ...quiet, memory: { budget: value, dims: { batch: 2 } } }),
    ["1.5", "1e300", "Infinity"],
  ],
  "compile's loss": [(value) => s.compile!(net, { ...quiet, loss: value }), []],
  "randomBernoulli's shape": [(value) => s.randomBernoulli!(s.randomKey!(0), value), ["[]"]],
  "randomBernoulli's probability": [(value) => s.randomBernoulli!(s.randomKey!(0), [2], value), ["0"]],
  "randomShuffle's axis": [(value) => s.randomShuffle!(s.randomKey!(0), x, value), ["-1", "0"]],
  "foldIn's index": [(value) => s.foldIn!(s.randomKey!(0), value), ["-1", "0"]],
  "customGradient's inputs": [
    (value) =>
      s.customGradient!(
        value,
        () => language.constant(1),
        () => ({}),
      ),
    ["{}", "[]", "date"],
  ],
  "customGradient's function": [
    (value) => typeof value === "function" || s.customGradient!({ x }, value, value),
    ["a function"],
  ],
};

describe("options and arguments are what they may be, and nothing else is taken", () => {
  test.each(Object.entries(arguments_))("%s", (_, [f, taken]) => {
    expect(takenBy(f).sort()).toEqual([...taken].sort());
  });
});

describe("lists with holes in them, and one that holds itself, are looked at like any other", () => {
  const itself: unknown[] = [];
  itself.push(itself);
  const lists = {
    "a hole": new Array(1),
    holes: new Array(2),
    itself,
    pair: [itself, 0],
  };
  const all = [...Object.entries(refusesAll), ...Object.entries(arguments_).map(([name, [f]]) => [name, f] as const)];
  test.each(all)("%s", (_, f) => {
    for (const [name, list] of Object.entries(lists)) {
      const refused = { name: "ShapewrightError", message: expect.not.stringMatching(/^internal:/) };
      expect(() => f(list), name).toThrow(expect.objectContaining(refused));
    }
  });
});

describe("functions, models and optimizers of sessions", async () => {
  const tf = await eager({ backend: "reference" });
  const called = tf.model(net);
  const rows = language.constant([[1, 2, 3, 4]]);
  const opened = (inputs: unknown, build: unknown) =>
    openFunction(inputs as never, build as never, { backend: "reference" });
  const run: Readonly<Record<string, [f: (value: unknown) => unknown, taken: string[]]>> = {
    "eager's model": [(value) => tf.model(value as never), []],
    "eager's optimizer": [(value) => tf.optimizer(value as never), []],
    "what is given to a model": [(value) => called(value as never), []],
    "an input of a model": [(value) => called({ x: value } as never), []],
    "options of a model": [(value) => called({ x: rows }, value as never), ["{}"]],
    training: [(value) => called({ x: rows }, { training: value } as never), ["true"]],
    "eager's value": [(value) => tf.value(value as never), []],
    "losses by name": [(value) => s.compile!(two, { ...quiet, loss: value }), []],
    "metrics by name": [(value) => s.compile!(two, { ...quiet, loss: { a: loss }, metrics: value }), ["{}", "[]"]],
  };
  test.each(Object.entries(run))("%s", (_, [f, taken]) => {
    expect(takenBy(f).sort()).toEqual([...taken].sort());
  });

  test.each(Object.entries(values))("openFunction with %s", async (name, value) => {
    const refused = expect.objectContaining({ code: "SW_VALUE" });
    if (!["{}"].includes(name)) await expect(opened(value, () => ({ y: rows }))).rejects.toEqual(refused);
    if (!["{}"].includes(name)) await expect(opened({}, () => value)).rejects.toEqual(refused);
    await expect(opened({}, () => ({ y: value }))).rejects.toEqual(refused);
  });

  test("a result without a name", async () => {
    await expect(opened({ x }, () => x)).rejects.toThrow(
      "openFunction: what build returns is a tensor, but must be a record of tensors by names, such as { y }",
    );
  });
});

test.each<[string, string, () => unknown]>([
  [
    "SW_NAME",
    'model: "x" is not an input; make it with input([...])',
    () => s.model!({ x: [null, 10] }, ({ x }: any) => s.dense!(x, { units: 3 })),
  ],
  ["SW_DTYPE", 'input: the dtype is a text, such as "int32", got an object', () => s.input!([2], { dtype: "int32" })],
  [
    "SW_SHAPE",
    "cond: ifTrue gives float32 [2, 3] as a, but ifFalse gives nothing",
    () =>
      s.cond!(
        s.constant!(true, "bool"),
        () => ({ a: s.input!([2, 3]) }),
        () => ({ b: s.input!([2, 3]) }),
      ),
  ],
])("%s: %s", (code, message, write) => {
  expect(write).toThrow(expect.objectContaining({ code, message }));
});

test.each<[string, () => unknown]>([
  ["relu: takes a tensor, got null; make one with input, variable or constant", () => s.relu!(null)],
  ["add: takes a tensor, got an array; constant(…) makes one of numbers", () => s.add!(x, [1, 2, 3])],
  [
    "select: takes a tensor, got a function; what it gives may be one: isTraining(…)",
    () => s.select!(s.isTraining, x, x),
  ],
  ["addLoss: takes a tensor, got undefined; make one with input, variable or constant", () => s.addLoss!(x)],
  [
    "randomNormal: takes a key first, got 0; make one with randomKey(seed), or with stepKey(), of which each training step has another",
    () => s.randomNormal!(0, [2]),
  ],
  [
    "dense: takes a tensor, got a function; a layer that waits gives one where it is called: layer(x)",
    () => s.dense!({ units: 1 })(s.dense!({ units: 1 })),
  ],
  ["scan: takes a tensor or a record of tensors, got 0; constant(0) makes one", () => s.scan!(x, 0, () => ({}))],
  [
    "sequential: takes the input first and then layers, sequential(x, flatten(), …), got a layer first; block(flatten(), …) makes one layer of several",
    () => s.sequential!(s.dense!({ units: 3 }), s.dense!({ units: 4 })),
  ],
  [
    "sequential: takes the input first and then layers, sequential(x, flatten(), …), got a list first; block(flatten(), …) makes one layer of several",
    () => s.sequential!([s.dense!({ units: 3 })]),
  ],
  [
    "sequential: layer 1 is a tensor, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does",
    () => s.sequential!(x, s.dense!(x, { units: 3 })),
  ],
  [
    "sequential: layer 1 is a function, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does",
    () => s.sequential!(x, s.flatten),
  ],
  [
    "sequential: layer 1 is a class, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does",
    () => s.sequential!(x, class {}),
  ],
  ["model: build is a class, but must be a function", () => s.model!({ x }, class {})],
  [
    "dense: activation is a class, but must be a function of a tensor, such as relu",
    () => s.dense!(x, { units: 3, activation: class {} }),
  ],
  [
    "compile: loss is a class, but must be a loss, such as meanSquaredError()",
    () =>
      s.compile!(
        s.model!({ x }, () => x),
        { optimizer: s.adam!(), loss: class {} },
      ),
  ],
  [
    "dense: activation is a class, but must be a function of a tensor, such as relu",
    () => s.dense!(x, { units: 3, activation: new Proxy(class {}, {}) }),
  ],
  [
    "dense: its activation returns 1, but must return a tensor of the shape that it is given, [batch, 3]",
    () =>
      s.dense!(x, {
        units: 3,
        activation: {
          class /* a method */() {
            return 1;
          },
        }.class,
      }),
  ],
  [
    'compile: the function of a name returns a Promise for "dense/kernel", but must return true or false',
    () => s.compile!(net, { ...quiet, trainable: async () => false }),
  ],
  [
    "weightDecay: exclude is a class, but must be a name, a regular expression, a function of a name, or a list of these",
    () => s.weightDecay!(sgd, 0.1, { exclude: class {} }),
  ],
  [
    "dense: kernelInitializer is an object, but must be an initializer, such as glorotUniform() or constantInitializer(0.1)",
    () => s.dense!(x, { units: 3, kernelInitializer: { name: "mine", sample: class {} } }),
  ],
  ["maxPooling2d: options are given as a record, got 2", () => s.maxPooling2d!(2)],
  [
    'model: inputs are given as a record, such as { x: input(["batch", 784]) }, got a tensor',
    () => s.model!(x, () => x),
  ],
  [
    "model: build returns an array, but must return a tensor, or a record of tensors by names",
    () => s.model!({ x }, () => [x, x]),
  ],
  ["model: tensors are given by the inputs' names, as { x: … }, got a tensor", () => s.model!({ x }, () => x).apply(x)],
  ["pad: paddings[0] is 1, but must be a pair of sizes, before and after", () => s.pad!(x, [1, 1])],
  [
    "conv2d: behind x stands a filter, which is a tensor, or a layer's options, such as { filters: 8, kernelSize: 3 }, and not 8",
    () => s.conv2d!(x, 8, 3),
  ],
  [
    "softmax: axis is given in a record, but must be the number of an axis, by itself",
    () => s.softmax!(x, { axis: 1 }),
  ],
  ["concat: tensors is a tensor, but must be a list of tensors", () => s.concat!(x, x)],
  [
    "gradients: takes a tensor, or a list or record of tensors, got 1; constant(1) makes one",
    () => s.gradients!(scalar, 1),
  ],
  ["sum: axis is null, but must be the number of an axis, or a list of them", () => s.sum!(x, { axis: null })],
  [
    'reshape: the shape has null, which is no size; write an integer, or a name such as "batch"',
    () => s.reshape!(x, [null]),
  ],
  [
    'reshape: the shape has "2", which is no size; write an integer, or a name such as "batch"',
    () => s.reshape!(x, ["batch", "2", 2]),
  ],
  ['slice: size is an array of sizes, such as ["batch", 10], got 2', () => s.slice!(x, [0, 0], 2)],
  ["std: axes are given among options, such as { axis: -1 }", () => s.std!(x, 1)],
  ["countNonzero: axes are given among options, such as { axis: -1 }", () => s.countNonzero!(x, [0])],
  [
    `dense: units is ${"1".padEnd(60, "0")}…n, but must be a positive integer`,
    () => s.dense!(x, { units: 10n ** 99n }),
  ],
  [
    `identity: no option is named "${"u".repeat(60)}…"; there are name`,
    () => s.identity!(x, { ["u".repeat(10_000)]: 1 }),
  ],
  ['pad: value is 1.5, but must be an integer of int32, "reflect" or "symmetric"', () => s.pad!(labels, [[1, 0]], 1.5)],
  ['conv2d: no option is named "stride"; did you mean "strides"?', () => s.conv2d!(image, filter, { stride: 2 })],
  ["model: build is undefined, but must be a function", () => s.model!({ x })],
  ["model: tensors are given by the inputs' names, as { x: … }, got null", () => net.apply(null as never)],
  ["rates: optimizer is undefined, but must be an optimizer, such as adam()", () => s.rates!()],
  ["clip: min 1 is above max 0", () => s.clip!(x, 1, 0)],
  ["clip: max is NaN, but must be a number from -Infinity to Infinity", () => s.clip!(x, 1, Number.NaN)],
  ["auc: numThresholds is 1, but must be an integer from 2 on", () => s.auc!({ numThresholds: 1 })],
  [
    "compile: memory: dims is null, but must be a record of sizes, such as { batch: 128 }",
    () => s.compile!(net, { ...quiet, memory: { budget: 1, dims: null } }),
  ],
  ["layerConfigs: model is null, but must be a model", () => s.layerConfigs!(null)],
])("%s", (message, write) => {
  expect(write).toThrow(expect.objectContaining({ code: "SW_VALUE", message }));
});

test.each([
  ["conv2d: a filter is followed by options, which may be an empty record", () => s.conv2d!(image, filter)],
  [
    "conv2d: options are given as a record, got a tensor",
    () => s.conv2d!(image, { filters: 1, kernelSize: 1 }, filter),
  ],
  ["maxPool2d: options are given as a record, got a tensor", () => s.maxPool2d!(image, filter)],
  ["averagePooling2d: options are given as a record, got a tensor", () => s.averagePooling2d!(image, filter)],
  ["dense: options are given as a record, got a tensor", () => s.dense!(x, filter)],
])("%s", (message, call) => {
  expect(call).toThrow(expect.objectContaining({ name: "ShapewrightError", code: "SW_VALUE", message }));
});

describe("a program or a model of which a part was changed is refused when it is opened or compiled", async () => {
  const program = language.compile(net, quiet);
  const changed = [null, undefined, {}, [], "x", new Map([["x", null]])];
  const refused = { name: "ShapewrightError", code: "SW_VALUE" };
  const programParts = ["model", "optimizer", "judged", "train", "evaluate", "predict", "variables", "reported"];
  test.each(programParts)("a program's %s", async (part) => {
    for (const value of changed) {
      const opened = open({ ...program, [part]: value }, { backend: "reference" });
      await expect(opened).rejects.toMatchObject(refused);
      await expect(opened).rejects.toThrow(/^open: the program's \w+ is .+; give the program as compile\(\) made it$/);
    }
  });

  test.each(["inputs", "output", "variables", "names"])("a model's %s", async (part) => {
    for (const value of [null, undefined, "x", [1]]) {
      const broken = { ...net, [part]: value };
      const message = /^compile: the model's \w+ is .+; give the model as model\(\) made it$/;
      expect(() => s.compile!(broken, quiet)).toThrow(expect.objectContaining(refused));
      expect(() => s.compile!(broken, quiet)).toThrow(message);
      await expect(open({ ...program, model: broken } as never)).rejects.toThrow(
        "open: the program's model is an object; give the program as compile() made it",
      );
    }
  });

  test("a copy that has all parts is as good as the program", async () => {
    using session = await open({ ...program }, { backend: "reference" });
    expect((await session.predict({ x: [[1, 2, 3, 4]] })).shape).toEqual([1, 2]);
  });
});

describe("what is given to sessions in another form than they take", async () => {
  const session = await open(language.compile(net, quiet), { backend: "reference" });
  afterAll(() => session.dispose());
  const given = session as unknown as Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>;
  const [inputs, target] = [{ x: [[1, 2, 3, 4]] }, [[1, 2]]];
  const advice = "give its parts, or batches to fitBatches and evaluateBatches";
  test.each<[string, () => Promise<unknown>]>([
    [
      `data is given by the inputs' names, as { x: … }, got the batch { inputs, targets }; ${advice}`,
      () => given.fit!({ inputs, targets: target }),
    ],
    [
      `data is given by the inputs' names, as { x: … }, got the batch { inputs, target }; ${advice}`,
      () => given.predict!({ inputs, target }),
    ],
    [
      "x: takes array(values, shape), nested arrays or a tfjs tensor, got { inputs, targets }",
      () => given.fit!({ x: { inputs, targets: target } }, target),
    ],
    [
      "target: takes array(values, shape), nested arrays or a tfjs tensor, got { target }",
      () => given.evaluate!(inputs, { target }),
    ],
    [
      "batch 1 of the source: a batch is { inputs, target }, got { inputs, targets }",
      () => given.fitBatches!([{ inputs, targets: target }]),
    ],
    [`no input is named "${"y".repeat(60)}…"; there are "x"`, () => given.predict!({ ["y".repeat(5000)]: inputs.x })],
  ])("%s", async (message, call) => {
    await expect(call()).rejects.toMatchObject({ name: "ShapewrightError", message });
  });
});

test("operands in a list, as Keras's layers take them, are said how to be written", () => {
  for (const f of ["add", "multiply", "maximum", "fmax", "isClose"]) {
    expect(() => s[f]!([x, x])).toThrow(`${f}: takes two operands, not a list of them; write ${f}(a, b)`);
  }
});

describe("what stands behind the last argument is refused, which JavaScript would drop", () => {
  const takesAnyNumber = ["sequential", "block", "einsum"];
  const methodsOf = ({ prototype }: { readonly prototype: object }) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([name, { value }]) => [name, value] as const);

  test("by every function and method that users import", async () => {
    const methods = [Session, data.Dataset, Eager, EagerOptimizer, GradientTape].flatMap(methodsOf);
    const all = [...[language, runtime, data].flatMap((one) => Object.entries(one)), ...methods] as [string, unknown][];
    const functions = all.filter(([name, f]) => isCallable(f) && !takesAnyNumber.includes(name));
    const dropping: string[] = [];
    for (const [name, f] of functions as [string, (...given: unknown[]) => unknown][]) {
      const made = (async () => f.call({}, ...Array(8), 1))().then(hasNext);
      const message = await made.then(String, ({ message }) => message);
      if (!message.startsWith(`${name}: takes `) || !message.includes(", got 9; "))
        dropping.push(`${name}: ${message}`);
    }
    expect(dropping).toEqual([]);
    expect(functions.length).toBeGreaterThan(500);
  });

  const x = language.input(["batch", 4]);
  const more = "what more is to be said stands in the options";
  test.each([
    ["sqrt", [x, x], "takes one argument (x), got 2; leave out what stands behind it, or call sqrt once more"],
    ["sqrt", [x, 0.5], "takes one argument (x), got 2; leave out what stands behind it"],
    ["add", [x, x, x], "takes 2 arguments (a, b), got 3; leave out what stands behind them, or call add once more"],
    // A place in a list is a number: this is none, nor can be made a text.
    ["exp", [x, Object.create(null), [null]], "takes one argument (x), got 3; leave out what stands behind it"],
    ["dot", [x, x, x], "takes 2 arguments (a, b), got 3; leave out what stands behind them, or call dot once more"],
    [
      "oneHot",
      [labels, 10, { axis: 0 }],
      "takes 2 arguments (indices, depth), got 3; leave out what stands behind them",
    ],
    ["zeros", [[3]], "takes no arguments, got 1; write zeros()"],
    ["transpose", [x, 1, 0], "takes 2 arguments (x, permutation), got 3; write transpose(x, [1, 0])"],
    ["broadcastTo", [x, "batch", 4], 'takes 2 arguments (x, shape), got 3; write broadcastTo(x, ["batch", 4])'],
    ["input", [28, 28, 1], "takes 2 arguments (shape, dtype), got 3; write input([28, 28, 1])"],
    ["concat", [x, x, x], "takes 2 arguments (tensors, axis), got 3; write concat([…], axis)"],
    ["reshape", [x, 2, 3], "takes 2 arguments (x, shape), got 3; write reshape(x, [2, 3])"],
    ["dense", [x, { units: 1 }, {}], `takes 2 arguments (x, options), got 3; ${more}`],
    ["mean", [x, { axis: 1 }, true], `takes 2 arguments (x, options), got 3; ${more}`],
    ["compile", [net, sgd, loss], `takes 2 arguments (model, options), got 3; ${more}`],
    ["sgd", [0.1, 0.9], "options are given as a record, got 0.1; write { learningRate: 0.1 }"],
    ["mean", [x, 0, true], "axes are given among options, such as { axis: -1 }"],
  ] as const)("%s", (name, given, message) => {
    expect(() => s[name]!(...given)).toThrow(expect.objectContaining({ message: `${name}: ${message}` }));
  });

  test("but what map and reduce of arrays and datasets give goes on, and what is undefined", async () => {
    expect(s.dot!(x, s.constant!([1, 2, 3, 4]), undefined).shape).toEqual(["batch"]);
    const xs = [x, x, x];
    expect(xs.map(s.sqrt!).map(({ shape }) => shape)).toEqual([x.shape, x.shape, x.shape]);
    expect(xs.map(s.onesLike!).map(({ shape }) => shape)).toEqual([x.shape, x.shape, x.shape]);
    expect(Array.from(xs, s.sqrt!).map(({ shape }) => shape)).toEqual([x.shape, x.shape, x.shape]);
    expect(xs.reduce(s.add!).shape).toEqual(x.shape);
    expect([2, 3, 4].reduce(s.times!)).toBe(24);
    new Set(xs).forEach(s.sqrt!);
    new Map([["x", x]]).forEach(s.sqrt!);
    // As map of typed arrays, and libraries' of records, give it.
    expect(s.relu6!(x, "x", { x }).shape).toEqual(x.shape);
    const kept = data.dataset([x]).map(s.stopGradient!);
    expect((await kept.toArray()).map(({ shape }) => shape)).toEqual([x.shape]);
    expect(() => s.softmax!(x, undefined, 1, {})).toThrow("softmax: takes 2 arguments (x, axis), got 4; ");
    expect(() => s.add!(x, x, 1, [x])).toThrow(
      "add: takes 2 arguments (a, b), got 4; leave out what stands behind them",
    );
  });
});

/** A generator does nothing before it is asked. */
async function hasNext(made: unknown): Promise<unknown> {
  return Object(made) === made && "next" in (made as object) ? (made as AsyncIterator<unknown>).next() : made;
}
