import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { emitPrediction } from "../../compiler/emit/typescript/emitPrediction.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  accuracy,
  array,
  compile,
  dense,
  type Initializer,
  input,
  model,
  relu,
  sgd,
  sparseCategoricalCrossentropy,
  subtract,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { open } from "../../runtime/index.js";
import { assign, disposeAll } from "../../runtime/kernels/index.js";
import { makeGraph } from "../../src/ir/graph.js";
import { nodeOf } from "../../src/ir/node.js";
import type { TensorLike } from "../../src/ir/tensor.js";
import { checkGenerated } from "../support/checkGenerated.js";
import { importGenerated, type PredictionModule, type TrainingModule } from "../support/generated.js";

const options = { name: "program", source: "model.ts" };
const classes = { loss: sparseCategoricalCrossentropy({ fromLogits: true }), metrics: [accuracy()] } as const;

const makeProgram = (kernelInitializer?: Initializer) =>
  compile(
    model({ x: input(["batch", 3]) }, ({ x }) =>
      dense(dense(x, { units: 4, activation: relu }), {
        units: 2,
        name: "head",
        ...(kernelInitializer && { kernelInitializer }),
      }),
    ),
    { optimizer: sgd({ learningRate: 0.1 }), ...classes },
  );

const x = array(
  Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
  [4, 3],
);
const labels = new Int32Array([0, 1, 1, 0]);
const batch = () => [tf.tensor(x.data, x.shape), tf.tensor1d(labels, "int32")];

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test("training starts at the learning rate that is asked for, and goes on at the one that is set", async () => {
  const { createState, trainStep } = await importGenerated<TrainingModule>(
    emitTraining(makeProgram() as Program, options),
  );
  const state = createState({ learningRate: 0 });
  const bias = state["head/bias"]!;
  const moved = () => Array.from(state["head/bias"]!.dataSync()).map(Math.abs).join();
  expect(bias.shape).toEqual([2]);
  trainStep(state, ...batch());
  expect(moved()).toBe("0,0");
  assign(state, { "optimizer/learningRate": tf.scalar(0.5) });
  trainStep(state, ...batch());
  expect(moved()).not.toContain("0,");
  disposeAll(state);
});

test("evaluates and predicts as a session does, from the session's weights", async () => {
  const program = makeProgram();
  const session = await open(program, { backend: "reference", seed: 1 });
  const training = await importGenerated<TrainingModule>(emitTraining(program as Program, options));
  const prediction = await importGenerated<PredictionModule>(emitPrediction(program as Program, options));
  const names = [...program.model.variables.keys()];
  const numbers = Object.fromEntries(names.map((name) => [name, session.getWeight(name).data as Float32Array]));

  const state = training.createState({ seed: 1 });
  for (const name of names) expect([...state[name]!.dataSync()]).toEqual([...numbers[name]!]);
  const wanted = await session.evaluate({ x }, labels);
  const report = training.evaluateStep(state, ...batch());
  expect(report.loss).toBeCloseTo(wanted.loss, 5);
  expect(report.accuracy).toBe(wanted.accuracy);

  const output = prediction.predict(prediction.createWeights(numbers), batch()[0]!);
  const logits = await session.predict({ x });
  expect(output.shape).toEqual([4, 2]);
  for (const [i, value] of output.dataSync().entries()) expect(value).toBeCloseTo(logits.data[i]!, 5);
  session.dispose();
});

test("weights that are given are taken over, and kept whatever tf.tidy stands around", async () => {
  const { createState, trainStep } = await importGenerated<TrainingModule>(
    emitTraining(makeProgram() as Program, options),
  );
  const kernel = tf.tensor([1, -1, 0.5, 2, 0, 1, -2, 1], [4, 2]);
  const state = tf.tidy(() => createState({ weights: { "head/kernel": kernel } }));
  expect(state["head/kernel"]).toBe(kernel);
  const report = tf.tidy(() => trainStep(state, ...batch()));
  expect(report.loss).toBeGreaterThan(0);
  expect(kernel.isDisposed).toBe(true);
  for (const tensor of Object.values(state)) expect(tensor.dataSync().every(Number.isFinite)).toBe(true);
});

test("an input of another shape or dtype is refused, with both", async () => {
  const { createState, trainStep } = await importGenerated<TrainingModule>(
    emitTraining(makeProgram() as Program, options),
  );
  const state = createState();
  const [images, target] = batch();
  expect(() => trainStep(state, tf.zeros([4, 5]), target!)).toThrow("x: takes float32 [batch, 3], got float32 [4, 5]");
  expect(() => trainStep(state, images!, tf.zeros([4]))).toThrow(
    "target: takes int32 [batch] where batch is 4, got float32 [4]",
  );
  expect(() => trainStep(state, images!, tf.zeros([3], "int32"))).toThrow(
    "target: takes int32 [batch] where batch is 4, got int32 [3]",
  );
});

test("weights with an initializer of the user's own have to be given", async () => {
  const halves: Initializer = { name: "halves", sample: (shape) => new Float32Array(shape[0]! * shape[1]!).fill(0.5) };
  const text = emitTraining(makeProgram(halves) as Program, options);
  expect(text).toContain(`readonly weights: Partial<Weights> & Pick<Weights, "head/kernel">;`);
  expect(text).toContain(`"head/kernel": weights["head/kernel"],`);
  const use = (call: string) =>
    [
      `import { createState } from "./program.train.js";`,
      `import { tensor } from "shapewright/kernels";`,
      call,
      `export const known = tensor([1], [4, 2]);`,
    ].join("\n");
  const files = (call: string) =>
    new Map([
      ["program.train.ts", text],
      ["use.ts", use(call)],
      ["language.ts", 'import "shapewright";'],
    ]);
  expect(
    await checkGenerated("typescript", files(`createState({ weights: { "head/kernel": tensor([1], [4, 2]) } });`)),
  ).toEqual([]);
  const [missing, ...others] = await checkGenerated("typescript", files("createState({ weights: {} });"));
  expect(missing?.text).toContain(`Property '"head/kernel"' is missing in type '{}'`);
  expect(others).toEqual([]);
  const [wrong] = await checkGenerated(
    "typescript",
    files(`createState({ weights: { "head/kernel": tensor([1], [4, 3]) } });`),
  );
  expect(wrong?.text).toContain("Type '[4, 3]' is not assignable to type '[4, 2]'");
}, 60_000);

test("the prediction of a model without variables is called with its inputs alone", async () => {
  const difference = model({ a: input(["n"]), b: input(["n"]) }, ({ a, b }) => relu(subtract(a, b)));
  const text = emitPrediction(difference, options);
  expect(text).toContain(`export function predict(a: Tensor<["n"]>, b: Tensor<["n"]>): Tensor<["n"]> {`);
  expect(text).toContain(` *     import { predict } from "./program.predict.js";\n`);
  expect(text).toContain(" *     const output = predict(a, b);\n");
  expect(text).not.toContain("eights");
  // Checked as strictly as the project is: what is not used is an error.
  expect(await checkGenerated("typescript", new Map([["program.predict.ts", text]]))).toEqual([]);
  const { predict } = await importGenerated<{ predict(a: tf.Tensor, b: tf.Tensor): tf.Tensor }>(text);
  expect([...predict(tf.tensor([3, 1]), tf.tensor([1, 3])).dataSync()]).toEqual([2, 0]);
});

test("of what a prediction is given, and of what it gives twice, it gives copies", async () => {
  const passed = model({ x: input(["n", 2]) }, ({ x }) => {
    const positive = relu(x);
    return { x, y: positive, z: positive };
  });
  const text = emitPrediction(passed, options);
  expect(await checkGenerated("typescript", new Map([["program.predict.ts", text]]))).toEqual([]);
  const { predict } = await importGenerated<{ predict(x: tf.Tensor): Record<string, tf.Tensor> }>(text);
  const given = tf.tensor2d([[-1, 2]]);
  const { x, y, z } = predict(given);
  tf.dispose([given, y!]);
  expect([...x!.dataSync()]).toEqual([-1, 2]);
  expect([...z!.dataSync()]).toEqual([0, 2]);
  expect([x!.shape, z!.shape]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test("weights of which a prediction reads none are marked as not used", async () => {
  const program = makeProgram() as Program;
  const { x: given } = program.model.inputs as Record<string, TensorLike>;
  const passed = makeGraph("predict", { output: nodeOf(given!) }, [], program.predict.names);
  const text = emitPrediction({ ...program, predict: passed }, options);
  expect(text).toContain(`predict(_weights: Weights, x: Tensor<["batch", 3]>): Tensor<["batch", 3]> {`);
  expect(await checkGenerated("typescript", new Map([["program.predict.ts", text]]))).toEqual([]);
});
