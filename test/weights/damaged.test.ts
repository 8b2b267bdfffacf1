import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  array,
  compile,
  constant,
  dense,
  input,
  meanSquaredError,
  model,
  multiply,
  sgd,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { readModel } from "../../runtime/model-file/readModel.js";
import { readCheckpoint, readWeights } from "../../runtime/weights/read-weights.js";
import { writeSafetensors } from "../../runtime/weights/writeSafetensors.js";
import type { NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const program = compile(
  model({ x: input(["batch", 2]) }, ({ x }) => dense(multiply(x, constant([0.5, 2])), { units: 1 })),
  { optimizer: sgd(), loss: meanSquaredError() },
);

const damaged =
  "is damaged: its bytes are not those that were written; take another copy, or write it anew " +
  "(who changes such a file on purpose leaves sha256 out of its metadata)";

/** What is read of a file, to be compared. */
const readers = {
  weights: (file: string) => readWeights(file, program.variables, {}),
  checkpoint: (file: string) => readCheckpoint("restoreCheckpoint", file, program.variables),
  async model(file: string) {
    const { program, values, epochs, about } = await readModel("loadModel", file);
    return { values, epochs, about, text: program.predict.toString(), variables: [...program.variables.keys()] };
  },
};

describe.each(Object.entries(readers))("a bit that is flipped in a file: %s", (kind, read) => {
  test("is refused", async () => {
    const file = join(folder, kind);
    using session = await open(program, { backend: "reference", seed: 1 });
    if (kind === "weights") await session.saveWeights(file);
    else if (kind === "checkpoint") await session.saveCheckpoint(file);
    else {
      await session.fit({ x: [[1, 2]] }, [[1]], { verbose: "silent" });
      await session.saveModel(file);
    }
    const bytes = readFileSync(file);
    await read(file);
    const descriptor = openSync(file, "r+");
    const taken = new Set<number>();
    for (let at = 0; at < bytes.length; at++) {
      // Files of more are long: one bit of each byte.
      for (const bit of kind === "weights" ? [0, 1, 2, 3, 4, 5, 6, 7] : [(at * 5) % 8]) {
        writeSync(descriptor, Uint8Array.of(bytes[at]! ^ (1 << bit)), 0, 1, at);
        try {
          await read(file);
          taken.add(at);
        } catch (error) {
          if (!(error instanceof ShapewrightError)) throw error;
          expect([error.code, error.message.includes(file)]).toEqual(["SW_FILE", true]);
        }
      }
      writeSync(descriptor, bytes, at, 1, at);
    }
    closeSync(descriptor);
    expect([...taken]).toEqual([]);
  });
});

test("a flipped bit of a weight is told, and how to go on", async () => {
  const file = join(folder, "flipped.safetensors");
  using session = await open(program, { backend: "reference", seed: 1 });
  await session.saveWeights(file);
  const before = session.getWeight("dense/kernel");
  const bytes = readFileSync(file);
  bytes[bytes.length - 3]! ^= 1;
  writeFileSync(file, bytes);
  await expect(session.loadWeights(file)).rejects.toMatchObject({
    code: "SW_FILE",
    message: `loadWeights: ${file} ${damaged}`,
  });
  expect(session.getWeight("dense/kernel")).toEqual(before);
  // One that says nothing of its bytes, as files of before, or of other programs.
  const unsealed = bytes.toString("latin1").replace(/"sha256":"\w+",/, (seal) => " ".repeat(seal.length));
  writeFileSync(file, unsealed, "latin1");
  await session.loadWeights(file);
  expect(session.getWeight("dense/kernel")).not.toEqual(before);
});

test("a file of another program is read whatever it says of itself, and one of ours that was changed on purpose", async () => {
  const file = join(folder, "foreign.safetensors");
  const hash = "0123456789abcdef".repeat(4);
  const kernel = array(new Float32Array([7, 8]), [2, 1]);
  const [ours, theirs] = [
    { format: "shapewright", version: "1", kind: "weights", epochs: "3" },
    { format: "pt", version: "1.2", kind: "model", epochs: "10" },
  ];
  using session = await open(program, { backend: "reference", seed: 1 });
  for (const metadata of [theirs, { ...theirs, hash }, { ...theirs, sha256: hash }, { ...ours, hash }]) {
    using other = await open(program, { backend: "reference", seed: 2 });
    const tensors = new Map<string, NdArray>([
      ["dense/bias", array(new Float32Array([9]), [1])],
      ["dense/kernel", kernel],
    ]);
    writeFileSync(file, Buffer.concat(writeSafetensors(tensors, metadata)));
    expect(await other.loadWeights(file)).toEqual(["dense/bias", "dense/kernel"]);
    expect(other.getWeight("dense/kernel").data).toEqual(kernel.data);
  }
  const newer = Buffer.concat(writeSafetensors(new Map(), { ...ours, version: "2" }));
  writeFileSync(file, newer);
  await expect(session.loadWeights(file)).rejects.toMatchObject({
    message: `loadWeights: ${file} is of version "2", this Shapewright reads version 1: update it`,
  });
});
