import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test, vi } from "vitest";
import {
  accuracy,
  adam,
  array,
  compile,
  dense,
  dropout,
  exponentialDecay,
  input,
  meanSquaredError,
  model,
  multiply,
  ones,
  relu,
  sequential,
  sgd,
  sparseCategoricalCrossentropy,
} from "../../compiler/language.js";
import { Interpreter } from "../../runtime/backends/interpreter.js";
import { open, openTogether } from "../../runtime/index.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";

/** All that goes on from step to step: moments, a schedule's place, and what dropout draws. */
const classifier = compile(
  model({ x: input(["batch", 3]) }, ({ x }) =>
    sequential(x, dense({ units: 8, activation: relu }), dropout(0.4), dense({ units: 2 })),
  ),
  {
    optimizer: adam({ learningRate: exponentialDecay(0.05, { decaySteps: 2, decayRate: 0.5 }) }),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: [accuracy()],
    seed: 7,
  },
);
const drawn = random(3, "batches");
const batches = Array.from({ length: 6 }, () => ({
  inputs: {
    x: array(
      Float32Array.from({ length: 12 }, () => drawn.normal()),
      [4, 3],
    ),
  },
  target: Int32Array.from({ length: 4 }, () => Number(drawn.uniform() > 0.5)),
}));
const line = compile(
  model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1, kernelInitializer: ones() })),
  { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() },
);
const silent = { verbose: "silent" } as const;
type Opened = Awaited<ReturnType<typeof open<any, any, any, any, any>>>;
const weightsOf = (session: Opened) => session.weightNames.map((name) => [name, session.getWeight(name)]);

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("steps are those of fitBatches, which goes on after them, from a checkpoint, too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
    const [whole, stepped, restored] = [
      await open(classifier, { backend }),
      await open(classifier, { backend }),
      await open(classifier, { backend, seed: 1 }),
    ];
    const { history } = await whole.fitBatches(batches, silent);
    const reports: { loss: number; accuracy: number }[] = [];
    for (const batch of batches.slice(0, 3)) reports.push(await stepped.trainStep(batch));
    const file = join(folder, "steps.safetensors");
    await stepped.saveCheckpoint(file);
    const rest = await stepped.fitBatches(batches.slice(3), silent);
    expect(weightsOf(stepped)).toEqual(weightsOf(whole));
    await restored.restoreCheckpoint(file);
    for (const batch of batches.slice(3)) reports.push(await restored.trainStep(batch));
    expect(weightsOf(restored)).toEqual(weightsOf(whole));
    const meanOf = (key: "loss" | "accuracy", some = reports) =>
      some.reduce((sum, report) => sum + report[key], 0) / some.length;
    expect(meanOf("loss")).toBeCloseTo(history.loss[0]!, 5);
    expect(meanOf("accuracy")).toBeCloseTo(history.accuracy[0]!, 5);
    expect(meanOf("loss", reports.slice(3))).toBeCloseTo(rest.history.loss[0]!, 5);
    for (const session of [whole, stepped, restored]) session.dispose();
    rmSync(folder, { recursive: true });
  });

  test("sessions over the same variables go on with them from step to step, also while one of them is fitted", async () => {
    const shared = model({ x: input(["batch", 3]) }, ({ x }) =>
      sequential(x, dense({ units: 4, activation: relu }), dropout(0.3), dense({ units: 1 })),
    );
    const other = model({ x: input(["batch", 3]) }, ({ x }) => multiply(shared.apply({ x }), 2));
    const programs = [
      compile(shared, { optimizer: adam({ learningRate: 0.05 }), loss: meanSquaredError() }),
      compile(other, { optimizer: sgd({ learningRate: 0.01, momentum: 0.9 }), loss: meanSquaredError() }),
    ] as const;
    const data = batches.map(({ inputs, target }) => ({ inputs, target: [...target].map((label) => [label]) }));
    const [one, two] = await openTogether(programs, { backend });
    const [first, second] = await openTogether(programs, { backend });
    const losses: number[] = [];
    const onEpochEnd = async () => {
      losses.push(
        (await first.evaluateStep(data[4]!)).loss,
        (await first.evaluate(data[4]!.inputs, data[4]!.target)).loss,
      );
    };
    await one.fitBatches(data.slice(0, 3), { ...silent, epochs: 2 });
    await first.fitBatches(data.slice(0, 3), { ...silent, epochs: 2, callbacks: [{ onEpochEnd }] });
    expect(losses[0]).toBeCloseTo(losses[1]!, 5);
    expect(losses[2]).toBeCloseTo(losses[3]!, 5);
    for (const batch of data) {
      await one.fitBatches([batch], silent);
      await two.fitBatches([batch], silent);
      await first.trainStep(batch);
      await second.trainStep(batch);
    }
    expect([weightsOf(first), weightsOf(second)]).toEqual([weightsOf(one), weightsOf(two)]);
    first.dispose();
    await second.trainStep(data[0]!);
    await two.fitBatches([data[0]!], silent);
    expect(weightsOf(second)).toEqual(weightsOf(two));
    for (const session of [one, two, second]) session.dispose();
  });

  test("one step is the one on paper, and says the loss from before it", async () => {
    using session = await open(line, { backend });
    // w = 1, b = 0: errors -2 and -3; dw = mean(2 · e · x) = -8, db = mean(2 · e) = -5.
    const { loss } = await session.trainStep({ inputs: { x: [[1], [2]] }, target: [[3], [5]] });
    expect(loss).toBeCloseTo((4 + 9) / 2, 5);
    expect(session.getWeight("dense/kernel").data[0]).toBeCloseTo(1.8, 5);
    expect(session.getWeight("dense/bias").data[0]).toBeCloseTo(0.5, 5);
    // Now 2.3 and 4.1 against 3 and 5.
    const after = await session.evaluateStep({ inputs: { x: [[1], [2]] }, target: [[3], [5]] });
    expect(after.loss).toBeCloseTo((0.49 + 0.81) / 2, 5);
    expect(session.epochs).toBe(0);
  });

  test("a batch may be changed once its step has been asked for, whatever else of it is waited for, and none is kept", async () => {
    const outputs: unknown[] = [];
    for (const changes of [false, true]) {
      using session = await open(classifier, { backend });
      for (const given of [batches[0]!.target, tf.tensor1d(batches[0]!.target, "int32")]) {
        const x = batches[0]!.inputs.x.data.slice();
        const asked = session.trainStep({ inputs: { x: array(x, [4, 3]) }, target: given });
        if (changes) x.fill(Number.NaN);
        await asked;
        x.fill(7);
        const fitted = batches[1]!.inputs.x.data.slice();
        const fitting = session.fit({ x: array(fitted, [4, 3]) }, batches[1]!.target, silent);
        if (changes) fitted.fill(Number.NaN);
        await fitting;
      }
      outputs.push(weightsOf(session));
    }
    expect(outputs[1]).toEqual(outputs[0]);
  });

  test("the steps of a batch are one call, and a short last one another; each counts by its samples", async () => {
    const [steps, fitted] = [await open(line, { backend }), await open(line, { backend })];
    const x = [[1], [-1], [2], [0], [1]];
    const target = [[0], [1], [1], [2], [3]];
    const { loss } = await steps.trainStep({ inputs: { x }, target }, { batchSize: 2 });
    const { history } = await fitted.fit({ x }, target, { batchSize: 2, shuffle: false, ...silent });
    expect(loss).toBeCloseTo(history.loss[0]!, 5);
    expect(weightsOf(steps)).toEqual(weightsOf(fitted));
    const whole = await steps.evaluate({ x }, target);
    expect((await steps.evaluateStep({ inputs: { x }, target }, { batchSize: 3 })).loss).toBeCloseTo(whole.loss, 5);
    steps.dispose();
    fitted.dispose();
  });

  test("what does not fit is refused as fit refuses it, and changes nothing", async () => {
    using session = await open(classifier, { backend });
    const before = weightsOf(session);
    const untyped = (batch: unknown) => session.trainStep(batch as never);
    const [good] = batches;
    for (const [batch, code, message] of [
      [{ ...good, inputs: { x: [[1, 2]] } }, "SW_DATA", "x: takes [batch, 3], got [1, 2]"],
      [
        { inputs: { x: [[1, 2, 3]] }, target: [5] },
        "SW_DATA",
        "target: the label at [0] is 5, but there are classes 0 to 1",
      ],
      [{ inputs: { x: [[1, 2, 3]] }, target: [0, 1] }, "SW_DATA", "target: has 2 samples, but x has 1"],
      [{ inputs: { x: [[1, Number.NaN, 3]] }, target: [0] }, "SW_DATA", "x: element [0, 1] is NaN"],
      [{ inputs: {}, target: [0] }, "SW_NAME", 'the input "x" is missing'],
      [[good], "SW_DATA", "a batch is { inputs, target }, got an array"],
      [
        { ...good, sampleWeight: [1, 1, 1, 1] },
        "SW_DATA",
        "sampleWeight: the program takes no weights; compile it with the option sampleWeight",
      ],
    ] as const)
      await expect(untyped(batch)).rejects.toMatchObject({ code, message });
    await expect(session.trainStep(good!, { batchSize: 0 })).rejects.toMatchObject({
      message: "trainStep: batchSize is 0, but must be a positive integer",
    });
    await expect(session.evaluateStep(good!, { terminateOnNaN: true } as never)).rejects.toMatchObject({
      message: 'evaluateStep: no option is named "terminateOnNaN"; there are batchSize',
    });
    expect(weightsOf(session)).toEqual(before);
  });

  test("a step runs alone, and not after the session's end", async () => {
    const session = await open(classifier, { backend });
    const [batch] = batches;
    const [step, fit] = [session.trainStep(batch!), session.fitBatches(batches, silent)];
    await expect(fit).rejects.toMatchObject({
      code: "SW_SESSION",
      message: "fitBatches: trainStep is under way on this session; await it before you call fitBatches",
    });
    await step;
    const fitting = session.fitBatches(batches, silent);
    await expect(session.trainStep(batch!)).rejects.toMatchObject({
      message: "trainStep: fitBatches is under way on this session; await it before you call trainStep",
    });
    await expect(session.evaluateStep(batch!)).rejects.toMatchObject({ code: "SW_SESSION" });
    await fitting;
    const ended = session.trainStep(batch!);
    session.dispose();
    await expect(ended).rejects.toMatchObject({
      message: "trainStep: the session was disposed while trainStep was under way; await it first",
    });
    await expect(session.trainStep(batch!)).rejects.toMatchObject({
      message: "the session has been disposed; open() another",
    });
  });

  test("a loss that is no number any more is told, unless it is to be passed over", async () => {
    using session = await open(line, { backend });
    const batch = { inputs: { x: [[1e20]] }, target: [[0]] };
    const advice =
      "try a lower learning rate and inputs of about -1 to 1, look for a logarithm or a quotient of 0 in the model, and begin again with " +
      'new weights; terminateOnNaN: "locate" names the op that made it, false trains on regardless';
    await expect(session.trainStep(batch)).rejects.toMatchObject({
      code: "SW_DIVERGED",
      message: `training diverged: the loss became Infinity in this step; ${advice}`,
    });
    const two = { inputs: { x: [[1], [1]] }, target: [[0], [0]] };
    await expect(session.trainStep(two, { batchSize: 1 })).rejects.toMatchObject({
      message: `training diverged: the loss became NaN in one of these 2 steps; ${advice}`,
    });
    expect(await session.trainStep(two, { terminateOnNaN: false })).toEqual({ loss: Number.NaN });
  });
});

test("a batch is one call of the backend, whatever is reported, without a loop where it is one step", async () => {
  using session = await open(classifier, { backend: "reference" });
  const [run, step] = [vi.spyOn(Interpreter.prototype, "run"), vi.spyOn(Interpreter.prototype, "step")];
  await session.trainStep(batches[0]!);
  await session.trainStep(batches[1]!, { batchSize: 2 });
  await session.evaluateStep(batches[1]!);
  expect(run.mock.calls.map(([graph, , ...between]) => [graph, ...between])).toEqual([["train", 0, 4, 2]]);
  expect(step.mock.calls.map(([graph, { x }]) => [graph, x!.shape])).toEqual([
    ["train", [4, 3]],
    ["evaluate", [4, 3]],
  ]);
  run.mockRestore();
  step.mockRestore();
});

test.each(["sampleWeights", "sample_weight", "weights"])(
  "weights of a batch that are named %s are refused",
  async (name) => {
    const weighted = compile(
      model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1 })),
      { optimizer: sgd(), loss: meanSquaredError(), sampleWeight: "samples" },
    );
    const session = await open(weighted, { backend: "reference" });
    const batch = { inputs: { x: [[1]] }, target: [[1]], index: 3 };
    await session.trainStep({ ...batch, sampleWeight: [1] });
    await expect(session.trainStep({ ...batch, [name]: [1] } as never)).rejects.toMatchObject({
      code: "SW_DATA",
      message: `a batch has "${name}", but its weights are named "sampleWeight"`,
    });
    session.dispose();
  },
);
