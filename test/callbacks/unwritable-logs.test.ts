import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { files } from "../../runtime/files/files.js";
import { csvLogger, jsonLogger, open, tensorBoard } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { halvingLine } from "../support/halvingLine.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const line = halvingLine();
const x = array(new Float32Array([1]), [1, 1]);

/** All that writes a log, in a folder. */
const logsIn = (logs: string) => ({
  callbacks: [jsonLogger(join(logs, "run.jsonl")), csvLogger(join(logs, "run.csv")), tensorBoard(join(logs, "board"))],
  watch: { log: join(logs, "watch.jsonl"), page: false },
});
const epochsIn = (file: string) =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as { kind?: string; epoch?: number })
    .map(({ kind, epoch }) => [kind, epoch]);

test("a log that another call writes, too, has whole lines of both from this one's first on, and that is told once", async () => {
  using session = await open(line, { backend: "reference" });
  const file = join(folder, "shared.csv");
  const told: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
  // Of the other, which began first, a line stood when this one began, and has been replaced.
  writeFileSync(file, "epoch,seconds,loss\n1,2,3\n");
  const other = { onEpochBegin: ({ epoch }: { epoch: number }) => void (epoch > 2 && appendFileSync(file, "2,2,3\n")) };
  await session.fit({ x }, x, { verbose: 0, epochs: 4, callbacks: [csvLogger(file), other] });
  spy.mockRestore();
  const lines = readFileSync(file, "utf8").split("\n");
  expect(lines.map((text) => text.replace(/(?<=^\d,)\d\.\d+(e-\d+)?/, "0.1"))).toEqual([
    ...["epoch,seconds,loss", "1,0.1,1", "2,0.1,0.25", "2,2,3", "3,0.1,0.0625", "2,2,3", "4,0.1,0.015625", ""],
  ]);
  expect(told).toEqual([
    `csvLogger: ${file} is written by another call, too; give each a log of its own; training goes on\n`,
  ]);
});

test("of a line that a full disk took in part, nothing stays, and no other call is told of", async () => {
  using session = await open(line, { backend: "reference" });
  const file = join(folder, "full.csv");
  const told: string[] = [];
  const spies = [
    vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0),
    vi.spyOn(files, "append").mockImplementation((path, bytes) => {
      const isFull = new TextDecoder().decode(bytes).startsWith("3,") && told.length === 0;
      appendFileSync(path, isFull ? bytes.slice(0, 5) : bytes);
      if (isFull) throw new Error("ENOSPC: no space left on device, write");
    }),
  ];
  await session.fit({ x }, x, { verbose: 0, epochs: 5, callbacks: [csvLogger(file)] });
  for (const spy of spies) spy.mockRestore();
  expect(readFileSync(file, "utf8").replace(/(?<=^\d,)[^,]+/gm, "s")).toBe(
    "epoch,seconds,loss\n1,s,1\n2,s,0.25\n3,s,0.0625\n4,s,0.015625\n5,s,0.00390625\n",
  );
  expect(told).toEqual([
    `csvLogger: ${file} cannot be written: ENOSPC: no space left on device; training goes on, and it is tried again\n`,
  ]);
});

test("logs that cannot be written are told once each, and training goes on; once they can be, they are", async () => {
  const logs = join(folder, "logs");
  using session = await open(line, { backend: "reference" });
  /** A file stands where the folder was, from epoch `from` up to epoch `to`. */
  const broken = (from: number, to: number) => ({
    onEpochEnd({ epoch }: { epoch: number }) {
      if (epoch === from || epoch === to) rmSync(logs, { recursive: true });
      if (epoch === from) writeFileSync(logs, "");
    },
  });
  const told: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
  const { callbacks, watch } = logsIn(logs);
  const fit = (epochs: number, callback: object) =>
    session.fit({ x }, x, { verbose: 0, epochs, watch, callbacks: [callback, ...callbacks] });
  const histories = [await fit(4, broken(2, 4))];
  const lines = [epochsIn(join(logs, "run.jsonl")), epochsIn(join(logs, "watch.jsonl"))];
  const csv = readFileSync(join(logs, "run.csv"), "utf8");
  // The last line fails, too.
  histories.push(await fit(1, broken(5, 6)));
  spy.mockRestore();
  expect(histories.map(({ epoch, history }) => [epoch, history.loss])).toEqual([
    [
      [1, 2, 3, 4],
      [1, 0.25, 0.0625, 0.015625],
    ],
    [[5], [0.00390625]],
  ]);
  const [json, watched] = lines;
  expect(json).toEqual([2, 3, 4].map((epoch) => [undefined, epoch]));
  expect(watched).toEqual([
    ["run", undefined],
    ["epoch", 4],
    ["end", undefined],
  ]);
  expect(csv.replace(/(?<=^\d,)[^,]+/gm, "s")).toBe("epoch,seconds,loss\n2,s,0.25\n3,s,0.0625\n4,s,0.015625\n");
  const opened = /^(\w+): (.+) cannot be (?:read|written): (E\w+): .+; training goes on, and it is tried again\n$/;
  const event = "events.out.tfevents.T.shapewright.R.1.v2";
  const once = [
    ["jsonLogger", "run.jsonl"],
    ["csvLogger", "run.csv"],
    ["tensorBoard", join("board", "train", event)],
    ["fit", "watch.jsonl"],
  ].map(([op, file]) => [op, join(logs, file!)]);
  expect(
    told.map((text) =>
      opened.exec(text.replace(/(?<=tfevents\.)\d+\.shapewright\.\w+(?=\.1\.v2)/, "T.shapewright.R"))?.slice(1, 3),
    ),
  ).toEqual([...once, ...once]);
});

test("a last line that cannot be written is tried once more when training ends; a log that is emptied begins anew", async () => {
  const logs = join(folder, "last");
  using session = await open(line, { backend: "reference" });
  const spy = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const breaking = {
    onEpochEnd({ epoch }: { epoch: number }) {
      if (epoch === 1) writeFileSync(join(logs, "watch.jsonl"), "");
      if (epoch < 3) return;
      rmSync(logs, { recursive: true });
      writeFileSync(logs, "");
    },
    onTrainEnd: () => rmSync(logs),
  };
  const emptied: unknown[] = [];
  const looking = {
    onEpochEnd: ({ epoch }: { epoch: number }) => {
      if (epoch === 2) emptied.push(...epochsIn(join(logs, "watch.jsonl")));
    },
  };
  const { callbacks, watch } = logsIn(logs);
  await session.fit({ x }, x, {
    verbose: 0,
    epochs: 3,
    watch,
    callbacks: [looking, breaking, ...callbacks.slice(0, 2)],
  });
  spy.mockRestore();
  expect(emptied[0]).toEqual(["run", undefined]);
  expect(epochsIn(join(logs, "run.jsonl"))).toEqual([[undefined, 3]]);
  const csv = readFileSync(join(logs, "run.csv"), "utf8");
  expect(csv.replace(/(?<=^\d,)[^,]+/gm, "s")).toBe("epoch,seconds,loss\n3,s,0.0625\n");
});

test("logs that cannot be written from the beginning are refused before a step is taken", async () => {
  const logs = join(folder, "taken");
  writeFileSync(logs, "");
  using session = await open(line, { backend: "reference" });
  const { callbacks, watch } = logsIn(logs);
  for (const options of [...callbacks.map((callback) => ({ callbacks: [callback] })), { watch }]) {
    await expect(session.fit({ x }, x, { verbose: 0, ...options })).rejects.toMatchObject({
      code: "SW_FILE",
      message: expect.stringMatching(/^\w+: .*taken.* cannot be written: E/),
    });
  }
  expect(session.epochs).toBe(0);
});
