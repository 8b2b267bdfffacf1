import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile, dense, input, meanSquaredError, model, sgd } from "../../compiler/language.js";
import { inspect } from "../../runtime/cli/inspect.js";
import { open } from "../../runtime/index.js";
import made from "../fixtures/safetensors/made.json" with { type: "json" };
import { recordingTerminal } from "../support/recordingTerminal.js";
import { shapewright } from "../support/shapewright.js";

let folder: string;
let [weights, checkpoint, whole] = ["", "", ""];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  [weights, checkpoint] = [join(folder, "weights.safetensors"), join(folder, "checkpoint.safetensors")];
  const program = compile(
    model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 400 })),
    { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() },
  );
  using session = await open(program, { backend: "reference" });
  await session.saveWeights(weights);
  await session.fit({ x: [[1, 2, 3]] }, [new Array(400).fill(1)] as never, { verbose: 0 });
  await session.saveCheckpoint(checkpoint);
  whole = join(folder, "wide.shapewright");
  await session.saveModel(whole, { metadata: { name: "wide" } });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function printed(path: string, options = {}) {
  const terminal = recordingTerminal();
  await inspect(path, options, terminal);
  return terminal.results.join("\n").replaceAll(folder, "FOLDER");
}

test("weights: names, types, shapes, and how many there are", async () => {
  expect(await printed(weights)).toMatchInlineSnapshot(`
    "FOLDER/weights.safetensors: weights, after 0 epochs

    name          type  shape     numbers    bytes
    dense/bias    F32   [400]         400  1.60 kB
    dense/kernel  F32   [3, 400]    1,200  4.80 kB

    model  1,600  6.40 kB"
  `);
});

test("a checkpoint: what of it is the optimizer's", async () => {
  expect(await printed(checkpoint)).toMatchInlineSnapshot(`
    "FOLDER/checkpoint.safetensors: a checkpoint, after 1 epoch

    name                    type  shape     numbers    bytes
    dense/bias              F32   [400]         400  1.60 kB
    dense/kernel            F32   [3, 400]    1,200  4.80 kB
    optimizer/learningRate  F32   []              1      4 B

    model      1,600  6.40 kB
    optimizer      1      4 B"
  `);
});

test("what Python has written", async () => {
  const file = join(folder, "python.safetensors");
  writeFileSync(file, Buffer.from(made.types.base64, "base64"));
  expect(await printed(file)).toMatchInlineSnapshot(`
    "FOLDER/python.safetensors: tensors that another program has written

    name    type  shape   numbers  bytes
    i64     I64   [2]           2   16 B
    f64     F64   [8]           8   64 B
    f32     F32   [2, 4]        8   32 B
    none    F32   [0, 3]        0    0 B
    scalar  F32   []            1    4 B
    i32     I32   [2]           2    8 B
    bf16    BF16  [8]           8   16 B
    f16     F16   [8]           8   16 B
    i16     I16   [2]           2    4 B
    i8      I8    [2]           2    2 B
    u8      U8    [2]           2    2 B
    bool    BOOL  [3]           3    3 B

    model  46  167 B"
  `);
});

test("a model: what it takes, gives and is trained with", async () => {
  expect(await printed(whole)).toMatchInlineSnapshot(`
    "FOLDER/wide.shapewright: a model, after 1 epoch
    inputs: x float32[batch, 3]
    outputs: output float32[batch, 400]
    optimizer: sgd
    reports: loss
    metadata: {"name":"wide"}

    name                    type  shape     numbers    bytes
    dense/bias              F32   [400]         400  1.60 kB
    dense/kernel            F32   [3, 400]    1,200  4.80 kB
    optimizer/learningRate  F32   []              1      4 B

    model      1,600  6.40 kB
    optimizer      1      4 B"
  `);
  expect(JSON.parse(await printed(whole, { json: true }))).toMatchObject({
    metadata: { kind: "model", optimizer: "kept", metadata: '{"name":"wide"}' },
    model: {
      inputs: { x: "float32[batch, 3]" },
      outputs: { output: "float32[batch, 400]" },
      optimizer: "sgd",
      reports: ["loss"],
    },
  });
});

test("as JSON", async () => {
  expect(JSON.parse(await printed(weights, { json: true }))).toEqual({
    file: "FOLDER/weights.safetensors",
    metadata: { format: "shapewright", version: "1", kind: "weights", epochs: "0" },
    tensors: [
      { name: "dense/bias", type: "F32", shape: [400], bytes: 1600 },
      { name: "dense/kernel", type: "F32", shape: [3, 400], bytes: 4800 },
    ],
  });
});

test.each([
  ["missing.safetensors", "missing.safetensors cannot be read: ENOENT: no such file or directory"],
  [
    "package.json",
    "package.json cannot be read: it is no safetensors file, which saveModel and saveWeights write: its first 8 bytes are no length of a header",
  ],
])("%s is told as what it is", (file, message) => {
  const { status, stdout, stderr } = shapewright("inspect", file);
  expect([status, stdout, stderr]).toEqual([1, "", `shapewright: ${message}\n`]);
});

test("one that was cut is told as such", async () => {
  truncateSync(checkpoint, 400);
  await expect(printed(checkpoint)).rejects.toMatchObject({ name: "CommandError", exitCode: 1 });
});
