import * as tf from "@tensorflow/tfjs-core";
// tfjs-core alone comes without its gradients; tfjs-node brings them, but is not always there.
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "vitest";
import {
  accuracy,
  adagrad,
  adam,
  array,
  compile,
  constantInitializer,
  dense,
  type Initializer,
  input,
  meanSquaredError,
  model,
  type Optimizer,
  relu,
  rmsprop,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";

const [samples, features, hidden, classes, steps] = [16, 6, 8, 3, 10] as const;
const generator = random(11, "test");
const normal = (count: number, scale = 1) => Float32Array.from({ length: count }, () => generator.normal() * scale);
const x = normal(samples * features);
const labels = Int32Array.from({ length: samples }, () => generator.integer(classes));
const start = { w1: normal(features * hidden, 0.5), w2: normal(hidden * classes, 0.5) };

/** tfjs-core's own autodiff and optimizers: the losses before each of ten steps on one batch. */
function tfjsLosses(optimizer: tf.Optimizer): number[] {
  return tf.tidy(() => {
    const w1 = tf.variable(tf.tensor2d(start.w1, [features, hidden]));
    const b1 = tf.variable(tf.zeros([hidden]));
    const w2 = tf.variable(tf.tensor2d(start.w2, [hidden, classes]));
    const b2 = tf.variable(tf.zeros([classes]));
    const images = tf.tensor2d(x, [samples, features]);
    const oneHot = tf.oneHot(tf.tensor1d(labels, "int32"), classes);
    const loss = () => {
      const h = tf.relu(tf.add(tf.matMul(images, w1), b1));
      const logits = tf.add(tf.matMul(h, w2), b2) as tf.Tensor2D;
      return tf.losses.softmaxCrossEntropy(oneHot, logits) as tf.Scalar;
    };
    return Array.from({ length: steps }, () => {
      const value = optimizer.minimize(loss, true, [w1, b1, w2, b2]) as tf.Scalar;
      return value.dataSync()[0]!;
    });
  });
}

const given = (values: Float32Array): Initializer => ({ name: "given", sample: () => values });

async function ourLosses(optimizer: Optimizer, backend: (typeof testedBackends)[number]): Promise<number[]> {
  const net = model({ x: input(["batch", features]) }, ({ x: image }) => {
    const h = dense(image, { units: hidden, activation: relu, kernelInitializer: given(start.w1) });
    return dense(h, { units: classes, kernelInitializer: given(start.w2) });
  });
  const loss = sparseCategoricalCrossentropy({ fromLogits: true });
  const session = await open(compile(net, { optimizer, loss, metrics: [accuracy()] }), { backend });
  const options = { epochs: steps, batchSize: samples, shuffle: false, verbose: "silent" } as const;
  const { history } = await session.fit({ x: array(x, [samples, features]) }, labels, options);
  session.dispose();
  return [...history.loss];
}

const pairs: [string, Optimizer, () => tf.Optimizer][] = [
  ["sgd", sgd({ learningRate: 0.1 }), () => tf.train.sgd(0.1)],
  ["sgd with momentum", sgd({ learningRate: 0.1, momentum: 0.9 }), () => tf.train.momentum(0.1, 0.9)],
  [
    "sgd with Nesterov momentum",
    sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
    () => tf.train.momentum(0.1, 0.9, true),
  ],
  ["adagrad", adagrad({ learningRate: 0.1 }), () => tf.train.adagrad(0.1, 0.1)],
  ["rmsprop", rmsprop({ learningRate: 0.01 }), () => tf.train.rmsprop(0.01, 0.9, 0, 1e-7)],
  [
    "rmsprop with momentum",
    rmsprop({ learningRate: 0.01, momentum: 0.5 }),
    () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7),
  ],
  ["adam", adam({ learningRate: 0.01 }), () => tf.train.adam(0.01, 0.9, 0.999, 1e-7)],
];

describe.each(testedBackends)("ten steps on %s give the losses of tfjs-core's autodiff and optimizers", (backend) => {
  const wanted = new Map<string, number[]>();
  beforeAll(async () => {
    await tf.setBackend("cpu");
    for (const [name, , theirs] of pairs) wanted.set(name, tfjsLosses(theirs()));
  });

  test.each(pairs)("%s", async (name, ours) => {
    const losses = await ourLosses(ours, backend);
    expect(losses.length).toBe(steps);
    for (const [i, loss] of wanted.get(name)!.entries()) {
      expect(Math.abs(losses[i]! - loss), `step ${i}`).toBeLessThan(1e-4);
    }
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
  });
});

test.each([...testedBackends, "reference" as const])(
  "adagrad on %s adds ε within the root in each step: sums of 0 and gradients of 0 change nothing",
  async (backend) => {
    const net = model({ x: input(["batch", 2]) }, ({ x: v }) =>
      dense(v, { units: 1, kernelInitializer: constantInitializer(1), useBias: false }),
    );
    const optimizer = adagrad({ learningRate: 0.5, initialAccumulatorValue: 0, epsilon: 5 });
    const program = compile(net, { optimizer, loss: meanSquaredError() });
    using session = await open(program, { backend });
    const accumulator = () => [...session.getWeight("optimizer/dense/kernel/accumulator").data];
    expect(accumulator()).toEqual([0, 0]);
    const fit = { epochs: 1, verbose: "silent" } as const;
    await session.fit({ x: array(new Float32Array([1, 0]), [1, 2]) }, array(new Float32Array([0]), [1, 1]), fit);
    // The gradient is 2 · 1: 1 - 0.5 · 2 / √(2² + 5).
    expect(session.getWeight("dense/kernel").data[0]).toBeCloseTo(2 / 3, 6);
    expect(session.getWeight("dense/kernel").data[1]).toBe(1);
    expect(accumulator()).toEqual([4, 0]);
  },
);

test("a constant start is kept without training", async () => {
  const net = model({ x: input(["batch", 2]) }, ({ x: v }) =>
    dense(v, { units: 1, kernelInitializer: constantInitializer(3) }),
  );
  const program = compile(net, { optimizer: sgd(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) });
  const session = await open(program, { backend: "reference" });
  expect([...session.getWeight("dense/kernel").data]).toEqual([3, 3]);
});
