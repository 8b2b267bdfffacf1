import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  accumulateGradients,
  adam,
  array,
  clipByGlobalNorm,
  compile,
  cosineDecay,
  dense,
  input,
  type LearningRate,
  meanSquaredError,
  model,
  type Optimizer,
  ones,
  rates,
  relu,
  type Schedule,
  sgd,
  sum,
  variable,
  weightDecay,
} from "../../compiler/language.js";
import { eager, open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";

/** y = w·x with w = 1 at first; for x = 1 and the target 3, dL/dw = 2·(w - 3). */
const line = model({ x: input(["batch", 1]) }, ({ x }) =>
  dense(x, { units: 1, useBias: false, kernelInitializer: ones() }),
);
const programOf = (optimizer: Optimizer) => compile(line, { optimizer, loss: meanSquaredError(), onWarning() {} });
const x = array(new Float32Array([1]), [1, 1]);
const y = array(new Float32Array([3]), [1, 1]);
const silent = { verbose: "silent" } as const;

/** What a step at a rate makes of w. */
const after = (w: number, rate: number) => w - rate * 2 * (w - 3);

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("what is called between epochs halves the rate: the next steps are half as large", async () => {
    const session = await open(programOf(sgd({ learningRate: 0.25 })), { backend });
    const seen: number[] = [];
    const halved = () => {
      if (seen.length > 0) session.learningRate /= 2;
      seen.push(session.learningRate);
      return [{ inputs: { x }, target: y }];
    };
    await session.fitBatches(halved, { epochs: 3, ...silent });
    expect(seen).toEqual([0.25, 0.125, 0.0625]);
    // 1 + 0.25·4 = 2; 2 + 0.125·2 = 2.25; 2.25 + 0.0625·1.5 = 2.34375: exact in float32.
    expect(session.getWeight("dense/kernel").data[0]).toBe(2.34375);
    session.dispose();
  });

  test("it is one of the variables, set between calls of fit, and kept where they are", async () => {
    const program = programOf(sgd({ learningRate: 0.25 }));
    const [first, second] = [await open(program, { backend }), await open(program, { backend })];
    expect(first.weightNames).toEqual(["dense/kernel", "optimizer/learningRate"]);
    await first.setWeight("optimizer/learningRate", 0.5);
    expect(first.learningRate).toBe(0.5);
    for (const name of first.weightNames) await second.setWeight(name, first.getWeight(name));
    await second.fit({ x }, y, silent);
    expect(second.getWeight("dense/kernel").data[0]).toBe(after(1, 0.5));
    first.dispose();
    second.dispose();
  });

  test("wrappers see the rate that is set", async () => {
    const inner = rates(sgd({ learningRate: 1 }), { dense: 0.5 });
    const optimizer = weightDecay(clipByGlobalNorm(accumulateGradients(inner, 2), 2), 0.25);
    const session = await open(programOf(optimizer), { backend });
    session.learningRate = 0.5;
    await session.fit({ x }, y, silent);
    await session.fit({ x }, y, silent);
    // The gradient of -4 becomes -2. Decay, of 0.5 · 0.5 · 0.25 = 1/16 of w, is taken in each step, the optimizer's own in the second.
    const first = 1 - 1 / 16;
    expect(session.getWeight("dense/kernel").data[0]).toBe(first - first / 16 + 0.25 * 2);
    session.dispose();
  });
});

test("generated code keeps it in the state", async () => {
  await tf.setBackend("cpu");
  const program = programOf(sgd({ learningRate: 0.25 }));
  const { createState, trainStep } = await importGenerated<TrainingModule>(
    emitTraining(program, { name: "line", source: "line.ts" }),
  );
  const state = createState();
  const batch = [tf.tensor2d([1], [1, 1]), tf.tensor2d([3], [1, 1])];
  trainStep(state, ...batch);
  state["optimizer/learningRate"] = tf.scalar(0.125);
  trainStep(state, ...batch);
  expect(state["dense/kernel"]!.dataSync()[0]).toBe(2.25);
});

test("an eager optimizer has it, too", async () => {
  const session = await eager({ backend: "cpu" });
  const w = session.mutable(variable("w", [1], ones()));
  const optimizer = session.optimizer(sgd({ learningRate: 0.25 }));
  const step = () => {
    using tape = session.gradientTape();
    optimizer.apply(tape.gradient(sum(w), w), w);
  };
  step();
  optimizer.learningRate *= 2;
  expect(optimizer.learningRate).toBe(0.5);
  step();
  expect(w.value().data[0]).toBe(0.25);
});

test("a step reads the rate once, where it had a constant: however many variables there are, and whatever is wrapped", () => {
  const net = model({ x: input(["batch", 2]) }, ({ x }) => dense(relu(dense(x, { units: 2 })), { units: 2 }));
  const { train, variables } = compile(net, {
    optimizer: clipByGlobalNorm(adam({ learningRate: 0.25 }), 1),
    loss: meanSquaredError(),
  });
  const rate = variables.get("optimizer/learningRate")!;
  const readers = train.nodes.filter(({ inputs }) => inputs.includes(rate));
  expect(readers.map(({ op }) => op)).toEqual(Array(4).fill("applyAdam"));
  expect(train.updates.has(rate)).toBe(false);
});

describe("reading and setting", () => {
  const sessionOf = (learningRate: LearningRate) => open(programOf(sgd({ learningRate })), { backend: "reference" });

  test("numbers and schedules are read, too: of the step that is next", async () => {
    expect((await sessionOf(0.25)).learningRate).toBe(0.25);
    const session = await sessionOf(cosineDecay(0.5, { decaySteps: 2 }));
    const seen = [session.learningRate];
    for (let i = 0; i < 2; i++) {
      await session.fit({ x }, y, silent);
      seen.push(session.learningRate);
    }
    for (const [i, rate] of [0.5, 0.25, 0].entries()) expect(seen[i]).toBeCloseTo(rate, 7);
  });

  test("a schedule written by hand keeps scalars of its own", async () => {
    const scaled: Schedule = {
      name: "scaled",
      initialLearningRate: 0.5,
      state: { scale: 0.5 },
      rate: (b, steps, { scale }) => b.op("divide", [scale!, b.op("add", [steps, b.scalar(1)])]),
    };
    const session = await sessionOf(scaled);
    await session.fit({ x }, y, silent);
    expect(session.learningRate).toBe(0.25);
    await session.setWeight("optimizer/scale", 0.125);
    expect(session.learningRate).toBe(0.0625);
  });

  test.each<[LearningRate, number, string]>([
    [
      cosineDecay(0.5, { decaySteps: 2 }),
      0.5,
      'learningRate: the optimizer\'s rate is what the schedule "cosineDecay" says; one that can be set is a number, such as 0.5',
    ],
    [0.25, -1, "learningRate: the value is -1, but must be a number in [0, Infinity)"],
    [0.25, Number.NaN, "learningRate: the value is NaN, but must be a number in [0, Infinity)"],
  ])("of %o, %d is refused", async (rate, value, message) => {
    const session = await sessionOf(rate);
    expect(() => {
      session.learningRate = value;
    }).toThrow(expect.objectContaining({ name: "ShapewrightError", code: "SW_VALUE", message }));
  });

  test("not of a session that has been disposed", async () => {
    const session = await sessionOf(0.25);
    session.dispose();
    expect(() => session.learningRate).toThrow(expect.objectContaining({ code: "SW_SESSION" }));
  });

  test("of a schedule that reads other variables, the rate is no number yet", async () => {
    const other: Schedule = {
      name: "other",
      initialLearningRate: 1,
      rate: (b) => b.op("mean", [[...line.variables.values()][0]!], { axes: [0, 1], keepDims: false }),
    };
    const session = await sessionOf(other);
    expect(() => session.learningRate).toThrow(
      expect.objectContaining({
        code: "SW_VALUE",
        message: 'learningRate: the schedule "other" depends on more than the number of steps and its state',
      }),
    );
  });
});
