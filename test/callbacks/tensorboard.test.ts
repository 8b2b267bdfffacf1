import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, dense, input, meanSquaredError, model, sgd, zeros } from "../../compiler/language.js";
import { crc32c } from "../../runtime/callbacks/tensorboard/crc32c.js";
import { type Event, EventSchema } from "../../runtime/callbacks/tensorboard/generated/events_pb.js";
import { histogramOf } from "../../runtime/callbacks/tensorboard/histogramOf.js";
import { type Callback, open, tensorBoard } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { python, pythonMissing, pythonTitle } from "../emit/python.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** With the rate 0.25, what the slope lacks of 1 halves in each step: the losses are 1, 1/4, 1/16, … */
const line = compile(
  model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1, useBias: false, kernelInitializer: zeros() })),
  { optimizer: sgd({ learningRate: 0.25 }), loss: meanSquaredError() },
);
const x = array(new Float32Array([1, 1]), [2, 1]);
const settings = { verbose: 0, epochs: 2, batchSize: 2, validationData: [{ x }, x] } as const;

/** The events of a folder, one file after the other. */
function eventsIn(run: string): Event[] {
  return readdirSync(run)
    .sort()
    .flatMap((name) => {
      const bytes = readFileSync(join(run, name));
      const events: Event[] = [];
      for (let at = 0; at < bytes.length; ) {
        const length = Number(bytes.readBigUInt64LE(at));
        events.push(fromBinary(EventSchema, bytes.subarray(at + 12, at + 12 + length)));
        at += length + 16;
      }
      return events;
    });
}

/** The numbers of a run: of each step, by their tags. */
function numbersIn(run: string) {
  return eventsIn(run).flatMap(({ step, what }) =>
    what.case === "summary"
      ? what.value.value.flatMap(({ tag, value }) =>
          value.case === "simpleValue" ? [[Number(step), tag, value.value]] : [],
        )
      : [],
  );
}

test("epochs' losses, those of validation, and the rate, by Keras's names", async () => {
  using session = await open(line, { backend: "reference" });
  const runs = join(folder, "epochs");
  await session.fit({ x }, x, { ...settings, callbacks: [tensorBoard(runs, { histogramFreq: 2 })] });
  expect(eventsIn(join(runs, "train"))[0]).toMatchObject({ what: { case: "fileVersion", value: "brain.Event:2" } });
  expect(numbersIn(join(runs, "train"))).toEqual([
    [1, "epoch_loss", 1],
    [1, "epoch_learning_rate", 0.25],
    [2, "epoch_loss", 0.25],
    [2, "epoch_learning_rate", 0.25],
  ]);
  expect(numbersIn(join(runs, "validation"))).toEqual([
    [1, "epoch_loss", 0.25],
    [2, "epoch_loss", 0.0625],
  ]);
  const last = eventsIn(join(runs, "train")).at(-1)!.what;
  const histogram = last.case === "summary" ? last.value.value.at(-1) : undefined;
  expect(histogram).toMatchObject({
    tag: "dense/kernel/histogram",
    value: { case: "histo", value: { min: 0.75, max: 0.75, num: 1, bucket: [1] } },
  });
});

test("steps' losses, on request", async () => {
  using session = await open(line, { backend: "reference" });
  const runs = join(folder, "steps");
  const callbacks = [tensorBoard(runs, { updateFreq: "batch" })];
  await session.fit({ x }, x, { verbose: 0, epochs: 2, batchSize: 1, callbacks });
  const numbers = numbersIn(join(runs, "train")).filter(([, tag]) => tag === "batch_loss");
  expect(numbers).toEqual([
    [1, "batch_loss", 1],
    [2, "batch_loss", (1 + 0.25) / 2],
    [3, "batch_loss", 0.0625],
    [4, "batch_loss", (0.0625 + 0.015625) / 2],
  ]);
});

test("a run that goes on takes back what came after its backup", async () => {
  const [runs, backup] = [join(folder, "resumed"), join(folder, "backup.safetensors")];
  const fails: Callback = {
    onEpochEnd({ epoch }) {
      if (epoch === 2) throw new Error("no power");
    },
  };
  const fit = async (callbacks: readonly Callback[]) => {
    using session = await open(line, { backend: "reference" });
    await session.fit({ x }, x, { ...settings, backup, callbacks: [tensorBoard(runs), ...callbacks] });
  };
  await expect(fit([fails])).rejects.toThrow("no power");
  await fit([]);
  expect(readdirSync(join(runs, "train"))).toHaveLength(2);
  const restarts = eventsIn(join(runs, "train")).flatMap(({ step, what }) =>
    what.case === "sessionLog" ? [step] : [],
  );
  expect(restarts).toEqual([2n]);
});

describe.skipIf(pythonMissing !== undefined)(pythonTitle("TensorFlow's own reader"), () => {
  test("reads what was written", async () => {
    using session = await open(line, { backend: "reference" });
    const runs = join(folder, "read");
    await session.fit({ x }, x, { ...settings, callbacks: [tensorBoard(runs, { histogramFreq: 2 })] });
    const script = join(import.meta.dirname, "read-events.py");
    const { stdout, stderr, status } = spawnSync(python, [script, join(runs, "train")], { encoding: "utf8" });
    expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1)!)).toEqual([
      [1, "epoch_loss", 1],
      [1, "epoch_learning_rate", 0.25],
      [2, "epoch_loss", 0.25],
      [2, "epoch_learning_rate", 0.25],
      [2, "dense/kernel/histogram", [1]],
    ]);
  });
});

// The check value of the catalogue of CRC algorithms, and those of RFC 3720, B.4.
test.each([
  [new TextEncoder().encode("123456789"), 0xe3069283],
  [new Uint8Array(32), 0x8a9136aa],
  [new Uint8Array(32).fill(0xff), 0x62a8ab43],
  [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
])("the checksum of %j", (bytes, sum) => {
  expect(crc32c(bytes)).toBe(sum);
});

describe("a histogram", () => {
  test("has every finite value in a bucket of 30", () => {
    const values = Float32Array.from({ length: 301 }, (_, i) => (i === 300 ? NaN : i / 300));
    const histogram = histogramOf(array(values, [301]))!;
    expect(histogram.bucket).toEqual(new Array(30).fill(10));
    expect([histogram.num, histogram.min]).toEqual([300, 0]);
    expect(histogram.bucketLimit.at(-1)).toBe(histogram.max);
  });

  test("of what is all the same has one bucket, of nothing there is none", () => {
    expect(histogramOf(array(new Float32Array(4).fill(3), [4]))).toMatchObject({
      bucket: [4],
      sum: 12,
      sumSquares: 36,
    });
    expect(histogramOf(array(new Float32Array(1).fill(NaN), [1]))).toBeUndefined();
  });
});
