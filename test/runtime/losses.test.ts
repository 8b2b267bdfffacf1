import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  accuracy,
  array,
  binaryCrossentropy,
  categoricalCrossentropy,
  compile,
  constant,
  constantInitializer,
  dense,
  input,
  type Loss,
  meanSquaredError,
  model,
  multiply,
  sgd,
  sigmoid,
  softmax,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import type { Data } from "../../runtime/data/data.js";
import { open } from "../../runtime/index.js";
import type { Node } from "../../src/ir/node.js";
import { random } from "../../src/ir/random.js";
import { builder as b } from "../../src/ops/builder.js";
import type { Dim } from "../../src/types/dim.js";
import { testedBackends } from "../support/backends.js";

const [samples, size] = [7, 4] as const;
const generator = random(8, "losses");
const x = Float32Array.from({ length: samples * size }, () => generator.normal() * 3);
const labels = Int32Array.from({ length: samples }, () => generator.integer(size));
const oneHot = Float32Array.from({ length: samples * size }, (_, i) =>
  Number(labels[Math.floor(i / size)] === i % size),
);
const bits = Float32Array.from({ length: samples * size }, () => generator.integer(2));

/** A hidden activation is not the last op of the model: the loss sees probabilities, and not what they are of. */
type Activation = "none" | "softmax" | "sigmoid" | "hidden softmax" | "hidden sigmoid";

/** A model that passes its input on, through an activation: its one layer is the identity. */
function passing(activation: Activation) {
  const identity = {
    name: "identity",
    sample: () => Float32Array.from({ length: size * size }, (_, i) => Number(i % (size + 1) === 0)),
  };
  return model({ x: input(["batch", size]) }, ({ x: value }) => {
    const same = dense(value, { units: size, kernelInitializer: identity });
    if (activation === "none") return same;
    const p = activation.endsWith("softmax") ? softmax(same) : sigmoid(same);
    return activation.startsWith("hidden") ? multiply(p, constant(1)) : p;
  });
}

const logits = () => tf.tensor2d(x, [samples, size]);
const distribution = () => tf.tensor2d(oneHot, [samples, size]);
const yesNo = () => tf.tensor2d(bits, [samples, size]);
const target2d = (values: Float32Array) => array(values, [samples, size]);

/** Each loss with targets, and the same by tfjs-core. */
const cases: [string, Loss<any>, Activation, Data, () => tf.Tensor][] = [
  [
    "sparse categorical cross-entropy of logits",
    sparseCategoricalCrossentropy({ fromLogits: true }),
    "none",
    labels,
    () => tf.losses.softmaxCrossEntropy(distribution(), logits()),
  ],
  [
    "sparse categorical cross-entropy of probabilities",
    sparseCategoricalCrossentropy(),
    "softmax",
    labels,
    () => tf.losses.softmaxCrossEntropy(distribution(), logits()),
  ],
  [
    "sparse categorical cross-entropy of probabilities of unknown origin",
    sparseCategoricalCrossentropy(),
    "hidden softmax",
    labels,
    () => tf.losses.softmaxCrossEntropy(distribution(), logits()),
  ],
  [
    "categorical cross-entropy of logits",
    categoricalCrossentropy({ fromLogits: true }),
    "none",
    target2d(oneHot),
    () => tf.losses.softmaxCrossEntropy(distribution(), logits()),
  ],
  [
    "categorical cross-entropy of probabilities",
    categoricalCrossentropy(),
    "softmax",
    target2d(oneHot),
    () => tf.losses.softmaxCrossEntropy(distribution(), logits()),
  ],
  [
    "categorical cross-entropy of probabilities of unknown origin",
    categoricalCrossentropy(),
    "hidden softmax",
    target2d(oneHot),
    () => tf.losses.softmaxCrossEntropy(distribution(), logits()),
  ],
  [
    "binary cross-entropy of logits",
    binaryCrossentropy({ fromLogits: true }),
    "none",
    target2d(bits),
    () => tf.losses.sigmoidCrossEntropy(yesNo(), logits()),
  ],
  [
    "binary cross-entropy of probabilities",
    binaryCrossentropy(),
    "sigmoid",
    target2d(bits),
    () => tf.losses.sigmoidCrossEntropy(yesNo(), logits()),
  ],
  [
    "binary cross-entropy of probabilities of unknown origin",
    binaryCrossentropy(),
    "hidden sigmoid",
    target2d(bits),
    () => tf.losses.sigmoidCrossEntropy(yesNo(), logits()),
  ],
  [
    "mean squared error",
    meanSquaredError(),
    "none",
    target2d(bits),
    () => tf.losses.meanSquaredError(yesNo(), logits()),
  ],
];

describe.each(testedBackends)("losses on %s are those of tfjs-core", (backend) => {
  beforeAll(() => void tf.setBackend("cpu"));

  test.each(cases)("%s", async (_, loss, activation, target, theirs) => {
    const wanted = tf.tidy(() => theirs().dataSync()[0]!);
    const session = await open(compile(passing(activation), { optimizer: sgd(), loss }), { backend });
    const ours = await session.evaluate({ x: target2d(x) }, target as any);
    expect(Math.abs(ours.loss - wanted)).toBeLessThan(2e-5 * Math.max(1, wanted));
    session.dispose();
  });
});

describe("accuracy is the fraction of right answers", () => {
  const largest = Array.from({ length: samples }, (_, i) => {
    const row = [...x.subarray(i * size, (i + 1) * size)];
    return row.indexOf(Math.max(...row));
  });
  const fraction = (right: boolean[]) => right.filter(Boolean).length / right.length;

  const evaluate = async (loss: Loss<any>, activation: Activation, target: Data) => {
    const program = compile(passing(activation), { optimizer: sgd(), loss, metrics: [accuracy()] });
    const session = await open(program, { backend: "reference" });
    return (await session.evaluate({ x: target2d(x) }, target as any)).accuracy;
  };

  test("against class numbers", async () => {
    const wanted = fraction(largest.map((answer, i) => answer === labels[i]));
    expect(await evaluate(sparseCategoricalCrossentropy({ fromLogits: true }), "none", labels)).toBeCloseTo(wanted, 6);
  });

  test("against distributions", async () => {
    const wanted = fraction(largest.map((answer, i) => answer === labels[i]));
    expect(await evaluate(categoricalCrossentropy(), "softmax", target2d(oneHot))).toBeCloseTo(wanted, 6);
  });

  test.each([true, false])("against single yes or no answers, from logits: %s", async (fromLogits) => {
    const net = model({ x: input(["batch", 1]) }, ({ x: value }) => {
      const same = dense(value, { units: 1, kernelInitializer: { name: "one", sample: () => new Float32Array([1]) } });
      return fromLogits ? same : sigmoid(same);
    });
    const program = compile(net, { optimizer: sgd(), loss: binaryCrossentropy({ fromLogits }), metrics: [accuracy()] });
    const session = await open(program, { backend: "reference" });
    // Logits -1, 0.2, 0.7 and 3 say no, yes, yes, yes.
    const result = await session.evaluate({ x: [[-1], [0.2], [0.7], [3]] }, [[0], [0], [1], [1]]);
    expect(result.accuracy).toBe(0.75);
  });
});

test("tfjs tensors are data, and are left to their owner", async () => {
  await tf.setBackend("cpu");
  const session = await open(compile(passing("none"), { optimizer: sgd(), loss: meanSquaredError() }), {
    backend: "reference",
  });
  const tensor = logits();
  const { data, shape } = await session.predict({ x: tensor });
  expect(shape).toEqual([samples, size]);
  expect(data).toEqual(x);
  expect(tensor.isDisposed).toBe(false);
  tensor.dispose();
  await expect(session.predict({ x: tensor })).rejects.toThrow("x: the tensor has been disposed");
});

describe.each(testedBackends)("on %s, a loss by hand that gives values for a whole batch", (backend) => {
  // Keras 3.15, of the outputs 0 to 4 in batches of two: evaluate and fit give 6, the mean over samples, and not that over batches, 7.67.
  const over = (...axes: number[]): Loss<any, "mine"> => ({
    name: "mine",
    target: ({ shape }: { shape: readonly Dim[] }) => ({ shape, dtype: "float32" as const }),
    values: (output: Node, target: Node) =>
      b.op("mean", [b.op("square", [b.op("subtract", [output, target])])], { axes, keepDims: false }),
    fromLogits: false,
  });
  const data = [{ x: array(new Float32Array([0, 1, 2, 3, 4]), [5, 1]) }, array(new Float32Array(5), [5, 1])] as const;
  const net = model({ x: input(["batch", 1]) }, ({ x: value }) =>
    dense(value, { units: 1, kernelInitializer: constantInitializer(1) }),
  );

  test.each([
    ["one value", over(0, 1)],
    ["one for each place", over(0)],
  ])("counts each sample, as in Keras: %s", async (_, values) => {
    const program = compile(net, {
      optimizer: sgd({ learningRate: 0 }),
      loss: values,
      metrics: [{ ...values, name: "same" }],
    });
    const session = await open(program, { backend });
    for (const batchSize of [1, 2, 5]) {
      expect(await session.evaluate(...data, { batchSize })).toEqual({ loss: 6, same: 6 });
      const { history } = await session.fit(...data, { batchSize, shuffle: false, verbose: "silent" });
      expect(history).toEqual({ loss: [6], same: [6] });
    }
    session.dispose();
  });

  test("has no share for weights of samples", () => {
    const options = { optimizer: sgd(), loss: over(0), sampleWeight: "samples" } as const;
    const message =
      'compile: sampleWeight is "samples", but the loss "mine" gives one value for a batch, of which no sample has a share';
    expect(() => compile(net, options)).toThrow(expect.objectContaining({ code: "SW_VALUE", message }));
  });
});
