import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compilePrediction } from "../../compiler/compilePrediction.js";
import { initialValue } from "../../compiler/initialValue.js";
import {
  accuracy,
  adam,
  add,
  argMax,
  array,
  compile,
  constantInitializer,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  maxPooling2d,
  meanSquaredError,
  model,
  relu,
  sequential,
  sgd,
  sparseCategoricalCrossentropy,
  variable,
  zeros,
} from "../../compiler/language.js";
import { lowerForServing } from "../../compiler/lower/lowerForServing.js";
import { retarget } from "../../compiler/pipeline.js";
import { type Computation, computationOf, type Program, reportingProgram } from "../../compiler/program.js";
import { artifactsOf } from "../../runtime/build/artifacts.js";
import { carryOut } from "../../runtime/build/carryOut.js";
import { planBuild } from "../../runtime/build/plan.js";
import { open } from "../../runtime/index.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { missing, nativeTitle, tf } from "./native.js";
import { type PythonAnswer, pythonMissing, pythonTitle, runInPython } from "./python.js";

const convnet = compile(
  model({ image: input(["batch", 8, 8, 1]) }, ({ image }) =>
    sequential(
      image,
      conv2d({ filters: 4, kernelSize: 3, activation: relu }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dropout(0.4),
      dense({ units: 3 }),
    ),
  ),
  {
    optimizer: adam({ learningRate: 0.01 }),
    loss: sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: [accuracy()],
  },
);
const generator = random(7, "images");
const images = generate([5, 8, 8, 1], "float32", () => Math.fround(generator.normal()));
const labels = array(new Int32Array([0, 2, 1, 1, 0]), [5]);

/** Two inputs with names that are none in Python and for TensorFlow's nodes, and an output of int32. */
const two = model({ class: input(["batch", 2]), "to add": input(["batch", 1]) }, ({ class: x, "to add": more }) =>
  argMax(add(add(x, more), variable("offsets", [2], constantInitializer(0.5))), -1),
);

const rows = array(new Float32Array([1, 2, 5, 3]), [2, 2]);

/** Its input has the name that targets have elsewhere. Adds a number, 0 at first. */
const shifted = compile(
  model({ target: input(["batch", 1]) }, ({ target }) => add(target, variable("shift", [1], zeros()))),
  { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() },
);
const column = (...values: number[]) => array(new Float32Array(values), [values.length, 1]);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a computation with its initial values into a folder of its own. */
function write(name: string, computation: Computation): string {
  const values = [...computation.variables].map(([name, node]) => [name, initialValue(name, node, 0)] as const);
  const place = join(folder, name);
  mkdirSync(place);
  writeFileSync(
    join(place, "saved_model.pb"),
    Buffer.concat(lowerForServing(retarget(computation, "tensorflow"), new Map(values))),
  );
  return place;
}

/** What a session of ours on the reference kernels says: losses of three steps, and the weights after that. */
async function reference() {
  const session = await open(convnet, { backend: "reference" });
  const before = await session.predict({ image: images });
  const options = { epochs: 3, batchSize: 5, shuffle: false, verbose: "silent" } as const;
  const { history } = await session.fit({ image: images }, labels, options);
  const evaluated = await session.evaluate({ image: images }, labels);
  const weights = Object.fromEntries(session.weightNames.map((name) => [name, session.getWeight(name)]));
  const after = await session.predict({ image: images });
  session.dispose();
  return { before, losses: history.loss, evaluated, weights, after };
}

describe.skipIf(pythonMissing !== undefined)(pythonTitle("in Python's TensorFlow"), () => {
  let whole: PythonAnswer;
  let exported: PythonAnswer;
  let named: PythonAnswer;
  let twofold: PythonAnswer;
  /** What the session that was exported predicts itself, before its training and after it. */
  let own: { before: NdArray; after: NdArray };
  beforeAll(async () => {
    const session = await open(convnet, { backend: testedBackends[0]! });
    const before = await session.predict({ image: images });
    await session.fit({ image: images }, labels, { epochs: 3, batchSize: 5, shuffle: false, verbose: "silent" });
    own = { before, after: await session.predict({ image: images }) };
    await session.exportSavedModel(join(folder, "exported", "1"));
    session.dispose();
    // As `shapewright build` does it.
    const program = { name: "whole", kind: "program", model: convnet.model, program: convnet as Program } as const;
    carryOut(folder, planBuild(folder, "model.ts", artifactsOf(program, "model.ts")));
    const predict = { signature: "serving_default", inputs: { image: images } };
    const train = { signature: "train", inputs: { image: images, target: labels } };
    const calls = [
      predict,
      train,
      train,
      train,
      { signature: "evaluate", inputs: train.inputs },
      { signature: "weights", inputs: {} },
      predict,
    ];
    [whole, exported, named, twofold] = runInPython([
      { folder: join(folder, "whole"), calls },
      { folder: join(folder, "exported", "1"), calls: [predict] },
      {
        folder: write("named", computationOf(reportingProgram(shifted))),
        calls: [{ signature: "train", inputs: { target: column(1, 2), target_: column(3, 6) } }],
      },
      {
        folder: write("twofold", compilePrediction(two)),
        calls: [{ signature: "serving_default", inputs: { class_: rows, "to add": column(1, 9) } }],
      },
    ]) as [PythonAnswer, PythonAnswer, PythonAnswer, PythonAnswer];
  }, 120_000);

  test("the signatures have the user's names, and an unknown batch", () => {
    expect(Object.keys(whole.signatures).sort()).toEqual(["evaluate", "serving_default", "train", "weights"]);
    expect(whole.signatures.serving_default).toEqual({
      inputs: { image: "float32[None, 8, 8, 1]" },
      outputs: { output: "float32[None, 3]" },
    });
    expect(whole.signatures.train).toEqual({
      inputs: { image: "float32[None, 8, 8, 1]", target: "int32[None]" },
      outputs: { loss: "float32[]", accuracy: "float32[]" },
    });
    expect(whole.signatures.evaluate).toEqual(whole.signatures.train);
    expect(exported.signatures).toEqual({ serving_default: whole.signatures.serving_default });
  });

  test("the nodes that were exported say their shapes, and all of them lead to an output", () => {
    // A batch of any size, of 8 × 8 images: windows of 3 leave 6, and every second of them 3.
    const [images, halves] = ["(None, 6, 6, 4)", "(None, 3, 3, 4)"];
    expect(exported.shapes).toEqual({
      "predict/conv2d/Const": ["(3, 3, 1, 4)"],
      "predict/conv2d/Const_1": ["(4,)"],
      "predict/conv2d/Conv2D": [images],
      "predict/conv2d/BiasAdd": [images],
      "predict/conv2d/Relu": [images],
      "predict/maxPooling2d/MaxPool": [halves],
      "predict/flatten/Const": ["(2,)"],
      "predict/flatten/Reshape": ["(None, 36)"],
      "predict/dense/Const": ["(36, 3)"],
      "predict/dense/Const_1": ["(3,)"],
      "predict/dense/FusedMatMul": ["(None, 3)"],
      "predict/output": ["(None, 3)"],
    });
    expect([whole.unread, exported.unread]).toEqual([[], []]);
  });

  test("predictions, training, evaluation and weights are those of the reference kernels", async () => {
    const [before, ...rest] = whole.results;
    const [evaluated, weights, after] = rest.slice(3);
    const wanted = await reference();
    expectClose(before!.output!, wanted.before, 1e-6, "prediction");
    expectClose(before!.output!, own.before, 1e-6, `prediction on ${testedBackends[0]}`);
    rest.slice(0, 3).forEach(({ loss }, i) => {
      expect(Math.abs((loss!.data[0] as number) - wanted.losses[i]!), `loss of step ${i}`).toBeLessThan(1e-6);
    });
    expect(Math.abs((evaluated!.loss!.data[0] as number) - wanted.evaluated.loss)).toBeLessThan(1e-6);
    expect(evaluated!.accuracy!.data[0]).toBeCloseTo(wanted.evaluated.accuracy, 6);
    expect(Object.keys(weights!).sort()).toEqual(Object.keys(wanted.weights).sort());
    for (const [name, value] of Object.entries(wanted.weights)) expectClose(weights![name]!, value, 1e-5, name);
    expectClose(after!.output!, wanted.after, 1e-5, "prediction after training");
  });

  test("a name that is one of Python's own words gets another; any other is taken as it is", () => {
    expect(twofold.signatures.serving_default!.inputs).toEqual({
      class_: "float32[None, 2]",
      "to add": "float32[None, 1]",
    });
    expect(twofold.results[0]!.output).toEqual({ data: [1, 0], shape: [2], dtype: "int32" });
  });

  test("a target gets another name where an input has its own", () => {
    expect(named.signatures.train!.inputs).toEqual({ target: "float32[None, 1]", target_: "float32[None, 1]" });
    // The differences are 2 and 4.
    expect(named.results[0]!.loss!.data[0]).toBe((4 + 16) / 2);
  });

  test("what a trained session exports predicts as the session does", () => {
    expectClose(exported.results[0]!.output!, own.after, 1e-6);
  });
});

describe.skipIf(missing !== undefined)(nativeTitle("in tfjs-node's loadSavedModel"), () => {
  const load = async (place: string) =>
    (tf() as unknown as { node: { loadSavedModel(folder: string): Promise<any> } }).node.loadSavedModel(place);
  const tensor = ({ data, shape, dtype }: NdArray) => tf().tensor(data, shape, dtype);

  test("a program predicts as the reference kernels do", async () => {
    const loaded = await load(write("tfjs", computationOf(convnet)));
    const output = loaded.predict({ image: tensor(images) }).output;
    const { before } = await reference();
    expectClose({ data: output.dataSync(), shape: output.shape, dtype: output.dtype }, before, 1e-6);
    loaded.dispose();
  });

  test("a model with two inputs and an integer output", async () => {
    const loaded = await load(write("two", compilePrediction(two)));
    const { output } = loaded.predict({
      class_: tensor(rows),
      "to add": tensor(column(1, 9)),
    });
    expect([output.dtype, ...output.dataSync()]).toEqual(["int32", 1, 0]);
    loaded.dispose();
  });
});
