import { describe, expect, test } from "vitest";
import {
  adam,
  array,
  batchNormalization,
  compile,
  compileLoss,
  dense,
  dropout,
  gradients,
  greater,
  input,
  l2,
  mean,
  meanAbsoluteError,
  meanSquaredError,
  model,
  relu,
  sequential,
  sgd,
  square,
  subtract,
  sum,
  type Tensor,
  tanh,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";

const drawn = random(4, "own-training");
const numbers = (...shape: [number, number]) =>
  array(
    Float32Array.from({ length: shape[0] * shape[1] }, () => drawn.normal()),
    shape,
  );
const x = numbers(11, 3);
const y = numbers(11, 1);
const untyped = (value: unknown) => value as never;
const quiet = { batchSize: 4, epochs: 3, verbose: "silent" } as const;

function predict(x: Tensor<["batch", 3]>): Tensor<["batch", 1]> {
  return sequential(
    x,
    dense({ units: 5, activation: relu, kernelRegularizer: l2(0.1) }),
    dropout(0.3),
    dense({ units: 1 }),
  );
}
const usual = compile(
  model({ x: input(["batch", 3]) }, ({ x }) => predict(x)),
  { optimizer: adam({ learningRate: 0.05 }), loss: meanSquaredError(), metrics: [meanAbsoluteError()] },
);
const own = compileLoss(
  model({ x: input(["batch", 3]), y: input(["batch", 1]) }, ({ x, y }) => {
    const error = subtract(predict(x), y);
    return { loss: mean(square(error)), squares: sum(square(error), { axis: -1 }) };
  }),
  { optimizer: adam({ learningRate: 0.05 }) },
);

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("a loss that the model computes itself trains as the same loss of targets, and is reported so", async () => {
    const [wanted, got] = [await open(usual, { backend }), await open(own, { backend })];
    const usually = await wanted.fit({ x }, y, { ...quiet, validationData: [{ x }, y] });
    const { history } = await got.fit({ x, y }, undefined, { ...quiet, validationData: [{ x, y }, undefined] });
    for (const name of ["loss", "val_loss"] as const) {
      expect(history[name]).toHaveLength(3);
      for (const [i, loss] of usually.history[name]!.entries()) expect(history[name]![i]).toBeCloseTo(loss, 5);
    }
    for (const name of wanted.weightNames) expectClose(got.getWeight(name), wanted.getWeight(name), 1e-5, name);
    const { loss, squares } = await got.evaluateStep({ inputs: { x, y } });
    // The loss has its penalty besides.
    expect(loss).toBeGreaterThan(squares + 0.01);
    expect(loss).toBeCloseTo((await wanted.evaluate({ x }, y)).loss, 5);
    expect(await got.evaluate({ x, y }, undefined)).toEqual({
      loss: expect.closeTo(loss, 5),
      squares: expect.closeTo(squares, 5),
    });
    const batches = [{ inputs: { x, y } }];
    expect((await got.fitBatches(batches, { verbose: "silent" })).history.squares).toHaveLength(1);
    wanted.dispose();
    got.dispose();
  });

  test("a gradient in the loss is differentiated again", async () => {
    // f = w · x²: its slope is 2 · w · x, and the loss (2 · w · x - 1)² has the slope 4 · x · (2 · w · x - 1) with respect to w.
    const penalized = compileLoss(
      model({ x: input(["batch", 1]) }, ({ x }) => {
        const f = dense(square(x), { units: 1, useBias: false });
        const { x: slope } = gradients(sum(f), { x });
        return mean(square(subtract(slope, 1)));
      }),
      { optimizer: sgd({ learningRate: 0.01 }) },
    );
    using session = await open(penalized, { backend });
    await session.setWeight("dense/kernel", [[3]]);
    expect((await session.trainStep({ inputs: { x: [[2]] } })).loss).toBeCloseTo(11 ** 2, 4);
    expect(session.getWeight("dense/kernel").data[0]).toBeCloseTo(3 - 0.01 * 4 * 2 * 11, 4);
  });

  test("what is not trainable stays, and its layers are as in prediction", async () => {
    const encoder = model({ x: input(["batch", 3]) }, ({ x }) =>
      batchNormalization(dense(x, { units: 4, activation: tanh }), { momentum: 0.5 }),
    );
    const whole = model({ x: input(["batch", 3]) }, ({ x }) => dense(encoder.apply({ x }), { units: 1, name: "head" }));
    const options = { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() };
    const [names, models, all] = await Promise.all(
      [{ trainable: "head" }, { trainable: ["head/bias", /^head.kernel$/] }, { trainable: [encoder, "head"] }].map(
        (part) => open(compile(whole, { ...options, ...part }), { backend }),
      ),
    );
    const before = all!.getWeight("batchNormalization/movingMean");
    expect(names!.weightNames).toEqual(all!.weightNames);
    for (const session of [names!, models!, all!]) await session.trainStep({ inputs: { x }, target: y });
    for (const name of names!.weightNames) {
      const [one, other] = [names!.getWeight(name), models!.getWeight(name)];
      expect(one).toEqual(other);
    }
    expect(names!.getWeight("batchNormalization/movingMean")).toEqual(before);
    expect(all!.getWeight("batchNormalization/movingMean")).not.toEqual(before);
    // As in prediction: the loss before the step is what evaluation says.
    const seen = await names!.evaluateStep({ inputs: { x }, target: y });
    expect((await names!.trainStep({ inputs: { x }, target: y })).loss).toBeCloseTo(seen.loss, 5);
    expect(names!.getWeight("dense/kernel")).not.toEqual(all!.getWeight("dense/kernel"));
    for (const session of [names!, models!, all!]) session.dispose();
  });
});

test("what is no loss, and what is no part, is told", () => {
  const lossOf = (build: (x: Tensor<["batch", 3]>) => unknown, options: object = {}) =>
    compileLoss(untyped(model({ x: input(["batch", 3]) }, ({ x }) => untyped(build(x)))), {
      optimizer: sgd(),
      ...options,
    });
  const other = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2 }));
  const good = (x: Tensor<["batch", 3]>) => mean(dense(x, { units: 1 }));
  for (const [code, message, build] of [
    [
      "SW_VALUE",
      'compileLoss: the model returns cost, but what is to be minimised must be among it, as "loss"',
      () => lossOf((x) => ({ cost: good(x) })),
    ],
    [
      "SW_DTYPE",
      'compileLoss: "sign" must be float32, but is bool []; cast it',
      () => lossOf((x) => ({ loss: good(x), sign: greater(good(x), 0) })),
    ],
    [
      "SW_VALUE",
      'compileLoss: no option is named "loss"; there are optimizer, seed, trainable, memory, onWarning',
      () => lossOf(good, { loss: meanSquaredError() }),
    ],
    [
      "SW_NAME",
      'compile: no layer and no variable is named "hed"; there are "dense", "dense/bias", "dense/kernel"',
      () => lossOf(good, { trainable: "hed" }),
    ],
    [
      "SW_NAME",
      'compile: a model among trainable has the variable "dense/kernel", which is none of the model\'s; build the model with its apply()',
      () => lossOf(good, { trainable: [other] }),
    ],
    [
      "SW_VALUE",
      "compileLoss: trainable is [], but must be a model, a name, a regular expression, a function of a name, or a list of these",
      () => lossOf(good, { trainable: [] }),
    ],
    ["SW_VALUE", "compile: the model has no trainable variable", () => lossOf(good, { trainable: () => false })],
    [
      "SW_GRADIENT",
      "compile: no gradient reaches any trainable variable, dense/kernel, dense/bias: compute in float32, without steps, all the way to the loss",
      () => lossOf((x) => ({ loss: mean(x), other: good(x) })),
    ],
    [
      "SW_VALUE",
      'compile: x has the shape [4, 3]; its first axis counts samples and must be a name such as "batch"',
      () =>
        compileLoss(untyped(model({ x: input([4, 3]) }, ({ x }) => mean(dense(x, { units: 1 })))), {
          optimizer: sgd(),
        }),
    ],
  ] as const)
    expect(build, message).toThrow(expect.objectContaining({ code, message }));
});

test("a program without targets refuses them, and predicts nothing", async () => {
  using session = await open(own, { backend: "reference" });
  await expect(session.fit({ x, y }, untyped(y))).rejects.toMatchObject({
    message: "target: the program takes none, its model computes the loss itself; give undefined in its place",
  });
  await expect(session.trainStep(untyped({ x, y }))).rejects.toMatchObject({
    message: "a batch is { inputs }, got { x, y }",
  });
  await expect(session.predict({ x, y })).rejects.toMatchObject({
    code: "SW_VALUE",
    message:
      "predict: a model that computes its loss itself predicts nothing; evaluate it, or open a function of the model within it",
  });
});
