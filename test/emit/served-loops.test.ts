import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  add,
  compile,
  cond,
  dense,
  depthwiseConv2d,
  foriLoop,
  globalAveragePooling2d,
  greater,
  input,
  lstm,
  map,
  mean,
  meanSquaredError,
  model,
  multiply,
  norm,
  relu,
  select,
  separableConv2d,
  sgd,
  square,
  sum,
  type Tensor,
  tanh,
  whileLoop,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { open } from "../../runtime/index.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { nodeOf } from "../../src/ir/node.js";
import { random } from "../../src/ir/random.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { missing, nativeTitle, tf } from "./native.js";
import { type PythonAnswer, pythonMissing, pythonTitle, runInPython } from "./python.js";

type Rows = Tensor<["batch", 4]>;

/** Models whose graphs have frames of loops and branches of choices, over variables that are frozen in what is exported. */
const ofRows: Readonly<Record<string, (x: Rows) => Rows>> = {
  cond: (x) =>
    cond(
      greater(sum(x), 0),
      () => dense(x, { units: 4, activation: tanh, name: "yes" }),
      () => multiply(x, 3),
    ),
  whileLoop: (x) =>
    whileLoop(
      (v) => greater(norm(v), 0.3),
      (v) => multiply(v, 0.5),
      dense(x, { units: 4 }),
      { maximumIterations: 12 },
    ),
  foriLoop: (x) => foriLoop(0, 3, (_, v) => tanh(add(v, dense(x, { units: 4, name: "each" }))), x),
  map: (x) => map((row) => select(greater(row, 0), square(row), row), x),
};

const judged = { optimizer: sgd(), loss: meanSquaredError(), onWarning() {} } as const;
const rowsOf = (build: (x: Rows) => Rows) =>
  compile(
    model({ x: input(["batch", 4]) }, ({ x }) => dense(build(x), { units: 2, name: "last" })),
    judged,
  );
const programs: Readonly<Record<string, Program>> = {
  ...Object.fromEntries(Object.entries(ofRows).map(([name, build]) => [name, rowsOf(build)])),
  scan: compile(
    model({ x: input(["batch", 5, 3]) }, ({ x }) => mean(lstm(x, { units: 4, returnSequences: true }), { axis: 1 })),
    judged,
  ),
  depthwise: compile(
    model({ x: input(["batch", 6, 6, 2]) }, ({ x }) =>
      globalAveragePooling2d(depthwiseConv2d(x, { kernelSize: 3, depthMultiplier: 2, activation: relu })),
    ),
    judged,
  ),
  separable: compile(
    model({ x: input(["batch", 6, 6, 2]) }, ({ x }) =>
      globalAveragePooling2d(separableConv2d(x, { filters: 4, kernelSize: 3, padding: "same" })),
    ),
    judged,
  ),
};

/** What is asked of an exported model, and what the reference kernels answer. */
interface Asked {
  readonly folder: string;
  readonly given: readonly NdArray[];
  readonly wanted: readonly NdArray[];
}

const draw = random(3, "served-loops");
/** Samples of one sign, so that choices go both ways. */
const samples = (sizes: readonly number[], sign: number) =>
  generate(sizes, "float32", () => sign * Math.abs(Math.fround(draw.normal())));

const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function exported(name: string, program: Program): Promise<Asked> {
  const place = join(folder, name, "1");
  using session = await open(program, { backend: testedBackends[0]! });
  await session.exportSavedModel(place);
  using reference = await open(program, { backend: "reference" });
  const [, ...sizes] = nodeOf(program.model.inputs.x!).shape as readonly number[];
  const given = [3, 1].flatMap((count) => [1, -1].map((sign) => samples([count, ...sizes], sign)));
  const wanted: NdArray[] = [];
  for (const x of given) wanted.push(await reference.predict({ x }));
  // Sessions refuse no samples, of which clients may ask. By oneDNN, TensorFlow's convolutions of no images have the input's shape.
  const none =
    sizes.length === 3 ? [] : [{ x: samples([0, ...sizes], 1), y: samples([0, ...wanted[0]!.shape.slice(1)], 1) }];
  return {
    folder: place,
    given: [...given, ...none.map(({ x }) => x)],
    wanted: [...wanted, ...none.map(({ y }) => y)],
  };
}

const asked = new Map<string, Asked>();
beforeAll(async () => {
  for (const [name, program] of Object.entries(programs)) asked.set(name, await exported(name, program));
}, 60_000);

function expectAnswers(name: string, answers: readonly NdArray[]): void {
  const { wanted } = asked.get(name)!;
  expect(answers).toHaveLength(wanted.length);
  for (const [i, answer] of answers.entries()) expectClose(answer, wanted[i]!, 1e-5, `${name}, call ${i}`);
}

describe.skipIf(pythonMissing !== undefined)(pythonTitle("exported loops and choices in Python's TensorFlow"), () => {
  let answers: Map<string, PythonAnswer>;
  beforeAll(() => {
    const requests = [...asked.values()].map((one) => ({
      folder: one.folder,
      calls: one.given.map((x) => ({ signature: "serving_default", inputs: { x } })),
    }));
    const found = runInPython(requests);
    answers = new Map([...asked.keys()].map((name, i) => [name, found[i]!]));
  }, 120_000);

  test.each(Object.keys(programs))("%s", (name) =>
    expectAnswers(
      name,
      answers.get(name)!.results.map(({ output }) => output!),
    ),
  );

  test("what goes round in a loop says its shape", () => {
    // A counter, what an lstm of 4 units carries, and the stack of what it gives at 5 times, for a batch of any size.
    const carried = ["()", "(None, 4)", "(None, 4)", "(5, None, 4)"];
    const { shapes } = answers.get("scan")!;
    for (const [op, output] of Object.entries({ Enter: 0, Merge: 0, Switch: 1, NextIteration: 0 })) {
      const said = ["", "_1", "_2", "_3"].map((i) => shapes[`predict/lstm/loop/${op}${i}`]?.[output]);
      expect(said, op).toEqual(carried);
    }
    // The whole sequence times the kernel, [batch, 5, …] · […, 16], is one product of matrices with a row for each time.
    expect(shapes["predict/lstm/FusedMatMul"]).toEqual(["(None, 16)"]);
  });
});

describe.skipIf(missing !== undefined)(nativeTitle("exported loops and choices in tfjs-node's loadSavedModel"), () => {
  test.each(Object.keys(programs))("%s", async (name) => {
    const { folder: place, given } = asked.get(name)!;
    const { node } = tf() as unknown as { node: { loadSavedModel(folder: string): Promise<any> } };
    const loaded = await node.loadSavedModel(place);
    const answers = given.map(({ data, shape, dtype }) => {
      const { output } = loaded.predict({ x: tf().tensor(data, shape, dtype) });
      return { data: output.dataSync(), shape: output.shape, dtype: output.dtype } as NdArray;
    });
    loaded.dispose();
    expectAnswers(name, answers);
  });
});
