import * as core from "@tensorflow/tfjs-core";
import { describe, expect, test, vi } from "vitest";
import {
  adagrad,
  adam,
  add,
  addLoss,
  array,
  batchNormalization,
  compile,
  constant,
  constantInitializer,
  conv2d,
  dense,
  dot,
  dropout,
  flatten,
  gradients,
  input,
  l1,
  l2,
  maxPooling2d,
  mean,
  model,
  multiply,
  type Optimizer,
  ones,
  pad,
  relu,
  rmsprop,
  sgd,
  slice,
  sparseCategoricalCrossentropy,
  sparseSoftmaxCrossEntropyWithLogits,
  square,
  subtract,
  sum,
  tanh,
  variable,
  zeros,
} from "../../compiler/language.js";
import { eager, open } from "../../runtime/index.js";
import { loadTfjsNode } from "../../runtime/native/index.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";
import { collectGarbage } from "../support/collectGarbage.js";
import { expectNumbers } from "../support/expectNumbers.js";

const [samples, steps] = [12, 20];
const generator = random(5, "data");
const images = array(
  Float32Array.from({ length: samples * 36 }, () => generator.normal()),
  [samples, 6, 6, 1],
);
const labels = Int32Array.from({ length: samples }, () => generator.integer(3));

const small = model({ image: input(["batch", 6, 6, 1]) }, ({ image }) => {
  const pooled = maxPooling2d(conv2d(image, { filters: 3, kernelSize: 3, activation: relu }));
  return dense(dense(flatten(pooled), { units: 8, activation: tanh }), { units: 3 });
});

/** The losses before each of some steps on one batch, compiled. */
async function compiledLosses(optimizer: Optimizer): Promise<number[]> {
  const program = compile(small, { optimizer, loss: sparseCategoricalCrossentropy({ fromLogits: true }) });
  const session = await open(program, { backend: "reference", seed: 3 });
  const options = { epochs: steps, batchSize: samples, shuffle: false, verbose: "silent" } as const;
  const { history } = await session.fit({ image: images }, labels, options);
  return [...history.loss];
}

const optimizers: [string, Optimizer][] = [
  ["sgd", sgd({ learningRate: 0.1 })],
  ["sgd with momentum", sgd({ learningRate: 0.05, momentum: 0.9 })],
  ["adagrad", adagrad({ learningRate: 0.05 })],
  ["rmsprop", rmsprop({ learningRate: 0.005 })],
  ["adam", adam({ learningRate: 0.01 })],
];

describe.each([...testedBackends, "reference" as const])("a training loop on %s", (backend) => {
  test.each(optimizers)("has the losses of a compiled session: %s", async (_, rule) => {
    const wanted = await compiledLosses(rule);
    using tf = await eager({ backend, seed: 3 });
    const net = tf.model(small);
    const optimizer = tf.optimizer(rule);
    const [image, target] = [constant(images), constant(array(labels, [samples]))];
    const losses = Array.from({ length: steps }, () => {
      using tape = tf.gradientTape();
      const loss = mean(sparseSoftmaxCrossEntropyWithLogits(net({ image }), target));
      optimizer.apply(tape.gradient(loss, net.trainableVariables), net.trainableVariables);
      return tf.value(loss).data[0]!;
    });
    losses.forEach((loss, i) => {
      expect(Math.abs(loss - wanted[i]!), `step ${i}: ${loss}, compiled ${wanted[i]}`).toBeLessThan(1e-5);
    });
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
  });

  test("has the losses of a compiled session that regularizers and addLoss are part of", async () => {
    const costly = model({ image: input(["batch", 6, 6, 1]) }, ({ image }) => {
      const h = dense(flatten(image), {
        units: 8,
        activation: tanh,
        kernelRegularizer: l2(0.05),
        activityRegularizer: l1(0.01),
      });
      const normal = batchNormalization(h);
      return dense(addLoss(normal, multiply(0.1, mean(square(normal)))), { units: 3, biasRegularizer: l2(0.3) });
    });
    const loss = sparseCategoricalCrossentropy({ fromLogits: true });
    const session = await open(compile(costly, { optimizer: sgd({ learningRate: 0.2 }), loss }), { backend, seed: 3 });
    const options = { epochs: 6, batchSize: samples, shuffle: false, verbose: "silent" } as const;
    const { history } = await session.fit({ image: images }, labels, options);
    using tf = await eager({ backend, seed: 3 });
    const net = tf.model(costly);
    expect(net.losses).toEqual([]);
    const optimizer = tf.optimizer(sgd({ learningRate: 0.2 }));
    const [image, target] = [constant(images), constant(array(labels, [samples]))];
    const found = Array.from({ length: 6 }, () => {
      using tape = tf.gradientTape();
      const own = mean(sparseSoftmaxCrossEntropyWithLogits(net({ image }, { training: true }), target));
      const all = net.losses.reduce((total, one) => add(total, one), own);
      optimizer.apply(tape.gradient(all, net.trainableVariables), net.trainableVariables);
      return tf.value(all).data[0]!;
    });
    expectNumbers(found, history.loss, "losses", 1e-5);
    expect(net.losses.length).toBe(4);
    const evaluated = await session.evaluate({ image: images }, labels);
    const plain = mean(sparseSoftmaxCrossEntropyWithLogits(net({ image }), target));
    const all = net.losses.reduce((total, one) => add(total, one), plain);
    expectNumbers([...tf.value(all).data], [evaluated.loss], "the loss without training", 1e-5);
    session.dispose();
  });

  test("holds as many tensors after a hundred steps as after one, and none at the end", async () => {
    const native = backend === "tensorflow" ? loadTfjsNode() : undefined;
    const tfjs = native && "tf" in native ? native.tf : backend === "reference" ? undefined : core;
    const before = tfjs?.memory().numTensors;
    const tf = await eager({ backend });
    const w = tf.mutable(variable("w", [2, 1], zeros()));
    const c = tf.mutable(variable("c", [1], zeros()));
    const optimizer = tf.optimizer(adam({ learningRate: 0.1 }));
    const x = constant([
      [1, 2],
      [3, -5],
      [0.5, 1],
      [-1, -1],
    ]);
    // t = 2x₁ - 3x₂ + 0.5
    const t = constant([[-3.5], [21.5], [-1.5], [1.5]]);
    const counts = new Set<number | undefined>();
    const tfjsCounts = new Set<number | undefined>();
    let last = 0;
    for (let step = 0; step < 300; step++) {
      using tape = tf.gradientTape();
      const loss = mean(square(subtract(add(dot(x, w), c), t)));
      optimizer.apply(tape.gradient(loss, [w, c]), [w, c]);
      last = tf.value(loss).data[0]!;
      if (step > 0) counts.add(tf.memory().numTensors);
      if (step > 0) tfjsCounts.add(tfjs?.memory().numTensors);
    }
    expect(counts.size).toBe(1);
    expect(tfjsCounts.size).toBe(1);
    expect(last).toBeLessThan(1e-2);
    // x, t, w, c, two slots for each, the count of steps and the rate.
    expect(tf.memory().numTensors).toBe(10);
    tf.dispose();
    expect(tf.memory().numTensors).toBe(0);
    expect(tfjs?.memory().numTensors).toBe(before);
  });
});

test("a gradient penalty is trained away: ‖∇ₓ f‖² in the loss", async () => {
  using tf = await eager({ backend: "reference" });
  const critic = tf.model(
    model({ x: input(["n", 2]) }, ({ x }) => dense(dense(x, { units: 8, activation: tanh }), { units: 1 })),
  );
  const optimizer = tf.optimizer(adam({ learningRate: 0.02 }));
  const points = constant(
    array(
      Float32Array.from({ length: 32 }, () => generator.normal()),
      [16, 2],
    ),
  );
  // (‖∇ₓ f‖ - 1)² is the WGAN-GP penalty (Gulrajani et al., 2017); its square root is left out: (‖∇ₓ f‖² - 1)².
  const penalty = () => {
    const { x: slope } = gradients(sum(critic({ x: points })), { x: points });
    return mean(square(subtract(sum(square(slope), { axis: 1 }), constant(1))));
  };
  const history: number[] = [];
  for (let step = 0; step < 150; step++) {
    using tape = tf.gradientTape();
    const loss = penalty();
    optimizer.apply(tape.gradient(loss, critic.trainableVariables), critic.trainableVariables);
    history.push(tf.value(loss).data[0]!);
  }
  expect(history.at(-1)).toBeLessThan(0.05 * history[0]!);
  // The slope by central differences is 1 long, too.
  const at = (x: number, y: number) => tf.value(critic({ x: constant([[x, y]]) })).data[0]!;
  const [dx, dy] = [(at(0.31, -0.2) - at(0.29, -0.2)) / 0.02, (at(0.3, -0.19) - at(0.3, -0.21)) / 0.02];
  expect(Math.hypot(dx, dy)).toBeGreaterThan(0.7);
  expect(Math.hypot(dx, dy)).toBeLessThan(1.3);
});

describe("a model", () => {
  const net = model({ x: input(["batch", "time", 4]) }, ({ x }) =>
    dense(dropout(x, 0.5), { units: 2, kernelInitializer: ones() }),
  );

  test("has its variables by name, and the values of the compiled prediction", async () => {
    using tf = await eager({ backend: "reference" });
    const called = tf.model(net);
    expect(Object.keys(called.variables)).toEqual(["dense/kernel", "dense/bias"]);
    const y = called({ x: constant([[[1, 2, 3, 4]], [[5, 6, 7, 8]]]) });
    expect(y.shape).toEqual([2, 1, 2]);
    expect([...tf.value(y).data]).toEqual([10, 10, 26, 26]);
    called.variables["dense/bias"]!.assign(constant([1, -1]));
    expect([...tf.value(called({ x: constant([[[1, 2, 3, 4]]]) })).data]).toEqual([11, 9]);
  });

  test("drops out in training alone, another mask at each call", async () => {
    using tf = await eager({ backend: "reference" });
    const called = tf.model(net);
    const x = constant(array(new Float32Array(4 * 50).fill(1), [50, 1, 4]));
    const sums = [1, 2, 3].map(() => [...tf.value(called({ x }, { training: true })).data].join());
    expect(new Set(sums).size).toBe(3);
    // Each of four ones is 0 or 2.
    expect(new Set(sums[0]!.split(",").map(Number))).toEqual(new Set([0, 2, 4, 6, 8]));
    expect(new Set(tf.value(called({ x })).data)).toEqual(new Set([4]));
  });

  test("with several outputs gives them by their names, in training too", async () => {
    using tf = await eager({ backend: "reference" });
    const called = tf.model(
      model({ x: input(["batch", 2]) }, ({ x }) => ({
        sum: sum(x, { axis: 1 }),
        normal: batchNormalization(x, { momentum: 0.5 }),
      })),
    );
    const x = constant([
      [1, 2],
      [3, 6],
    ]);
    const predicted = called({ x });
    expect(Object.keys(predicted)).toEqual(["sum", "normal"]);
    expect([...tf.value(predicted.sum).data]).toEqual([3, 9]);
    const trained = called({ x }, { training: true });
    expect([...tf.value(trained.sum).data]).toEqual([3, 9]);
    expect([...tf.value(called.variables["batchNormalization/movingMean"]!).data]).toEqual([1, 2]);
  });

  test("refuses what does not fit", async () => {
    using tf = await eager({ backend: "reference" });
    const called = tf.model(net);
    const two = tf.model(model({ a: input(["n", 2]), b: input(["n"]) }, ({ a, b }) => add(sum(a, { axis: 1 }), b)));
    expect(() => called({ x: constant([[1]]) } as never)).toThrow("x: takes [batch, time, 4], got [1, 1]");
    expect(() => called({ x: constant([[[1, 2, 3, 4]]], "int32") } as never)).toThrow("x: takes float32, got int32");
    expect(() => called({ y: constant(1) } as never)).toThrow('no input is named "y"');
    expect(() => called({} as never)).toThrow('the input "x" is missing');
    expect(() => called(constant([[1]]) as never)).toThrow(
      "tensors are given by the inputs' names, as { x: … }, got a tensor",
    );
    expect(() => two({ a: constant([[1, 2]]), b: constant([1, 2]) })).toThrow(
      'b: axis 0, "n", has size 2, but in a it has 1',
    );
  });
});

test("named dims are bound wherever an op has them, in pairs too, and texts that are no dims stay", async () => {
  const padded = model({ x: input(["batch", 2]) }, ({ x }) => {
    const behind = x.shape[0];
    return pad(slice(x, [0, 0], ["batch", 1]), [
      [0, behind],
      [1, 0],
    ]);
  });
  using tf = await eager({ backend: "reference" });
  const out = tf.value(
    tf.model(padded)({
      x: constant([
        [1, 2],
        [3, 4],
      ]),
    }),
  );
  expect([out.shape, [...out.data]]).toEqual([
    [4, 2],
    [0, 1, 0, 3, 0, 0, 0, 0],
  ]);
});

test("an optimizer refuses what it cannot apply", async () => {
  using tf = await eager({ backend: "reference" });
  const [v, w] = ["v", "w"].map((name) => tf.mutable(variable(name, [2], constantInitializer(1)))) as [any, any];
  const optimizer = tf.optimizer(sgd({ learningRate: 1 }));
  expect(() => optimizer.apply({ v: constant([1, 2, 3]) }, { v })).toThrow(
    "apply: the gradient of [2] must be float32 [2], got float32 [3]",
  );
  expect(() => optimizer.apply({ v } as any, { v, w })).toThrow('apply: the gradient of "w" is missing');
  expect(() => optimizer.apply({ v }, { v: constant([1, 2]) as any })).toThrow(
    'apply: "v" is no mutable variable; make it one with mutable()',
  );
  optimizer.apply([w, constant([3, 4])], [v, w]);
  expect([[...v.value().data], [...w.value().data]]).toEqual([
    [0, 0],
    [-2, -3],
  ]);
});

test("what was made outside of tapes is freed when it is garbage", async () => {
  using tf = await eager({ backend: "reference" });
  const w = tf.mutable(variable("w", [], ones()));
  for (let i = 0; i < 100; i++) {
    w.assign(multiply(w, constant(0.5)));
    tf.value(square(w));
  }
  expect(tf.memory().numTensors).toBeGreaterThan(50);
  await vi.waitFor(() => {
    collectGarbage();
    expect(tf.memory().numTensors).toBeLessThan(20);
  });
});
