import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  abs,
  accuracy,
  array,
  compile,
  dense,
  input,
  meanSquaredError,
  metricOf,
  model,
  sgd,
  sparseCategoricalCrossentropy,
  square,
  subtract,
  type Tensor,
  zeros,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";

const both = model({ x: input(["batch", 2]) }, ({ x }) => ({
  kind: dense(x, { units: 2, kernelInitializer: zeros(), name: "kind" }),
  place: dense(x, { units: 1, kernelInitializer: zeros(), name: "place" }),
}));
const program = compile(both, {
  optimizer: sgd({ learningRate: 0.5 }),
  loss: { kind: sparseCategoricalCrossentropy({ fromLogits: true }), place: meanSquaredError() },
  lossWeights: { place: 0.25 },
  metrics: { kind: [accuracy()] },
  sampleWeight: "samples",
});
const x = array(new Float32Array([1, 0, 0, 1, 1, 1]), [3, 2]);
const targets = { kind: new Int32Array([0, 1, 1]), place: array(new Float32Array([2, 0, 4]), [3, 1]) };
const sampleWeight = { kind: [1, 2, 0] };
// All outputs are 0 before the first step: crossentropy ln 2 each, squares 4, 0 and 16.
const kindLoss = (Math.log(2) * 3) / 3;
const placeLoss = 20 / 3;

describe.each([...testedBackends, "reference" as const])("a model of two outputs on %s", (backend) => {
  test("reports each loss, and their weighted sum; takes one step with both", async () => {
    const session = await open(program, { backend });
    const { history } = await session.fit({ x }, targets, { sampleWeight, shuffle: false, verbose: "silent" });
    expect(Object.keys(history)).toEqual(["loss", "kind_loss", "place_loss", "kind_accuracy"]);
    expect(history.kind_loss[0]).toBeCloseTo(kindLoss, 5);
    expect(history.place_loss[0]).toBeCloseTo(placeLoss, 5);
    expect(history.loss[0]).toBeCloseTo(kindLoss + 0.25 * placeLoss, 5);
    // Weighted: of 1 + 2, the first is right, since equal scores are answered by class 0.
    expect(history.kind_accuracy[0]).toBeCloseTo(1 / 3, 5);
    // d place loss / d bias = ¼ · ⅓ · 2 · (-2 - 0 - 4) = -1.
    expect(session.getWeight("place/bias").data[0]).toBeCloseTo(0.5, 6);
    // d kind loss / d bias₀ = ⅓ · (1 · (½ - 1) + 2 · ½) = 1/6.
    expect(session.getWeight("kind/bias").data[0]).toBeCloseTo(-0.5 / 6, 6);
    session.dispose();
  });

  test("takes functions for losses, with weights of losses and metrics beside them", async () => {
    type Place = Tensor<["batch", 1]>;
    const off = metricOf("off", (target: Place, output: Place) => abs(subtract(target, output)));
    const byHand = compile(both, {
      optimizer: sgd({ learningRate: 0.5 }),
      lossWeights: { place: 0.25 },
      metrics: { place: [off] },
      loss: {
        kind: sparseCategoricalCrossentropy({ fromLogits: true }),
        place: (target, output) => square(subtract(target, output)),
      },
    });
    const session = await open(byHand, { backend });
    const report = await session.evaluate({ x }, targets);
    expect(report.loss).toBeCloseTo(Math.log(2) + 0.25 * placeLoss, 5);
    expect(report.place_off).toBeCloseTo((2 + 0 + 4) / 3, 5);
    await session.trainStep({ inputs: { x }, target: targets });
    expect(session.getWeight("place/bias").data[0]).toBeCloseTo(0.5, 6);
    session.dispose();
  });

  test("predicts both, by their names", async () => {
    const session = await open(program, { backend });
    const { kind, place } = await session.predict({ x }, { batchSize: 2 });
    expect([kind.shape, place.shape]).toEqual([
      [3, 2],
      [3, 1],
    ]);
    session.dispose();
  });
});

test("generated code takes the same step", async () => {
  await tf.setBackend("cpu");
  const { createState, trainStep } = await importGenerated<TrainingModule>(
    emitTraining(program, { name: "both", source: "both.ts" }),
  );
  const state = createState();
  const batch = [
    tf.tensor2d(x.data, [3, 2]),
    tf.tensor1d([0, 1, 1], "int32"),
    tf.tensor1d([1, 2, 0]),
    tf.tensor2d([2, 0, 4], [3, 1]),
    tf.ones([3]),
  ];
  const report = trainStep(state, ...batch);
  expect(Object.keys(report)).toEqual(["loss", "kind_loss", "place_loss", "kind_accuracy"]);
  expect(report.loss).toBeCloseTo(kindLoss + 0.25 * placeLoss, 5);
  expect(state["place/bias"]!.dataSync()[0]).toBeCloseTo(0.5, 6);
});

describe("what does not fit is refused", () => {
  const any = (value: unknown) => value as never;
  const options = { optimizer: sgd() };
  const one = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1 }));
  test.each<[string, () => unknown]>([
    [
      "compile: the model has outputs by name, so it takes losses by their names",
      () => compile(both, { ...options, loss: any(meanSquaredError()) }),
    ],
    [
      "compile: the model has one output, so it takes one loss, not losses by name",
      () => compile(one, { ...options, loss: any({ x: meanSquaredError() }) }),
    ],
    [
      'compile: no output is named "kinds"; there are "kind", "place"',
      () => compile(both, { ...options, loss: any({ kinds: meanSquaredError() }) }),
    ],
    [
      `compile: no output is named "${"x".repeat(60)}…"; there are "kind", "place"`,
      () => compile(both, { ...options, loss: any({ ["x".repeat(1000)]: meanSquaredError() }) }),
    ],
    [
      "compile: the model has outputs by name, so it takes metrics by their names",
      () => compile(both, { ...options, loss: { place: meanSquaredError() }, metrics: any([accuracy()]) }),
    ],
    [
      'compile: there are metrics, but no loss that says what targets are, for the output "kind"',
      () => compile(both, { ...options, loss: { place: meanSquaredError() }, metrics: any({ kind: [accuracy()] }) }),
    ],
    [
      "compile: lossWeights.kind weighs no loss; give one",
      () => compile(both, { ...options, loss: { place: meanSquaredError() }, lossWeights: any({ kind: 2 }) }),
    ],
    ["compile: there is no loss; give one for an output at least", () => compile(both, { ...options, loss: any({}) })],
    [
      "model: build returns an object, but must return a tensor, or a record of tensors by names",
      () => model({ x: input(["batch", 1]) }, () => any({})),
    ],
    [
      'model: build returns a record whose "y" is 3, but must return a tensor, or a record of tensors by names',
      () => model({ x: input(["batch", 1]) }, ({ x }) => any({ x, y: 3 })),
    ],
    [
      'model: build returns a record whose "heads" is a record, too, but outputs have one level of names; name them heads_a, heads_b',
      () => model({ x: input(["batch", 1]) }, ({ x }) => any({ x, heads: { a: x, b: x } })),
    ],
  ])("%s", (message, make) => {
    expect(make).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
  });

  test("data for targets and weights", async () => {
    const session = await open(program, { backend: "reference" });
    const fit = session.fit.bind(session) as (...args: unknown[]) => Promise<unknown>;
    const refused = (call: Promise<unknown>, message: string) => expect(call).rejects.toMatchObject({ message });
    await refused(fit({ x }, { kind: targets.kind }), 'the target "place" is missing');
    await refused(
      fit({ x }, targets.kind),
      "target: is given by the outputs' names, as { kind: …, place: … }, got an Int32Array",
    );
    await refused(
      fit({ x }, { ...targets, more: 1 }),
      'no output with a loss is named "more"; there are "kind", "place"',
    );
    await refused(
      fit({ x }, targets, { sampleWeight: { kind: [1, 2] } }),
      "sampleWeight.kind: has 2 samples, but there are 3",
    );
    await refused(
      fit({ x }, targets, { sampleWeight: { kind: [1, -2, 1] } }),
      "sampleWeight.kind: weight 1 is -2, but weights are not below 0",
    );
    session.dispose();
    const plain = await open(compile(one, { ...options, loss: meanSquaredError() }), { backend: "reference" });
    await refused(
      plain.fit({ x }, array(new Float32Array(3), [3, 1]), { sampleWeight: any([1, 1, 1]) }),
      "sampleWeight: the program takes no weights; compile it with the option sampleWeight",
    );
    plain.dispose();
  });
});
