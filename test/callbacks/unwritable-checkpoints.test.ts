import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { array } from "../../compiler/language.js";
import { Interrupted } from "../../runtime/fit/interrupted.js";
import { type Callback, modelCheckpoint, open } from "../../runtime/index.js";
import { halvingLine } from "../support/halvingLine.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const line = halvingLine();
const x = array(new Float32Array([1]), [1, 1]);
const openLine = (seed = 0) => open(line, { backend: "reference", seed });

/** What is told while something is done. */
async function toldBy(act: () => Promise<unknown>): Promise<string[]> {
  const told: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
  await act().finally(() => spy.mockRestore());
  return told;
}

/** A file stands where a folder is to be, at the ends of some epochs. */
const blocked = (path: string, epochs: readonly number[]): Callback => ({
  onEpochEnd({ epoch }) {
    rmSync(path, { recursive: true, force: true });
    if (epochs.includes(epoch)) writeFileSync(path, "");
  },
});
const tried = /^(\w+): (.+) cannot be written: E\w+: [^;]+; training goes on, and it is tried again\n$/;

test("checkpoints that cannot be written are told once, and training goes on; the next that can be is written", async () => {
  using session = await openLine();
  const runs = join(folder, "runs");
  const files = modelCheckpoint(join(runs, "{epoch}.safetensors"));
  const fit = (epochs: readonly number[]) =>
    session.fit({ x }, x, { verbose: 0, epochs: 4, callbacks: [blocked(runs, epochs), files] });
  let told = await toldBy(() => fit([2, 3]));
  expect(told.map((text) => tried.exec(text)?.slice(1))).toEqual([["saveCheckpoint", join(runs, "2.safetensors")]]);
  expect(readdirSync(runs)).toEqual(["4.safetensors"]);
  // The next call tells anew; what its last epoch cannot write is told in the end.
  told = await toldBy(() => fit([8]));
  expect(tried.exec(told[0]!)?.slice(1)).toEqual(["saveCheckpoint", join(runs, "8.safetensors")]);
  expect(told.slice(1)).toEqual([
    `modelCheckpoint: training has ended, and ${join(runs, "8.safetensors")} could not be written; the last that was is ${join(runs, "7.safetensors")}\n`,
  ]);
  expect(session.epochs).toBe(8);
});

test("of the best, one that could not be written is not the one to be beaten", async () => {
  using session = await openLine();
  const best = join(folder, "best.safetensors");
  const blocking: Callback = {
    onEpochEnd({ epoch }) {
      if (epoch === 2) mkdirSync(join(best, "in the way"), { recursive: true });
      else rmSync(best, { recursive: true, force: true });
    },
  };
  const monitor = { monitor: "loss", saveBestOnly: true } as const;
  const callbacks = [blocking, modelCheckpoint(best, monitor)];
  await session.fit({ x }, x, { verbose: 0, epochs: 1, callbacks });
  rmSync(best);
  const told = await toldBy(() => session.fit({ x }, x, { verbose: 0, epochs: 1, callbacks }));
  expect(tried.exec(told[0]!)?.slice(1)).toEqual(["saveCheckpoint", best]);
  expect(told[1]).toBe(`modelCheckpoint: training has ended, and ${best} could not be written; nothing was\n`);
  await session.fit({ x }, x, { verbose: 0, epochs: 1, callbacks });
  using other = await openLine();
  await other.restoreCheckpoint(best);
  expect(other.epochs).toBe(3);
});

test("a backup that cannot be written costs no training, and is there again when it can be", async () => {
  const own = join(folder, "backups");
  const backup = join(own, "run.safetensors");
  using session = await openLine();
  const seen: boolean[] = [];
  const told = await toldBy(() =>
    session.fit({ x }, x, {
      ...{ verbose: 0, epochs: 4, backup },
      callbacks: [{ onEpochBegin: () => void seen.push(existsSync(backup)) }, blocked(own, [1, 2])],
    }),
  );
  expect(told.map((text) => tried.exec(text)?.slice(1))).toEqual([["fit", backup]]);
  expect([seen, session.epochs, existsSync(backup)]).toEqual([[false, false, false, true], 4, false]);
});

test("where they cannot be written from the beginning, it is refused before a step is taken", async () => {
  const taken = join(folder, "taken");
  writeFileSync(taken, "");
  using session = await openLine();
  const file = join(taken, "run.safetensors");
  const refused = { code: "SW_FILE", message: expect.stringMatching(/^\w+: .*taken.* cannot be written: E/) };
  await expect(session.fit({ x }, x, { verbose: 0, callbacks: [modelCheckpoint(file)] })).rejects.toMatchObject(
    refused,
  );
  await expect(session.fit({ x }, x, { verbose: 0, backup: file })).rejects.toMatchObject(refused);
  // What is put together beside it has a longer name.
  const long = join(folder, "n".repeat(245));
  await expect(session.fit({ x }, x, { verbose: 0, backup: long })).rejects.toMatchObject({
    code: "SW_FILE",
    message: `fit: ${long} cannot be written: ENAMETOOLONG: name too long`,
  });
  expect(session.epochs).toBe(0);
  expect(readdirSync(folder).filter((name) => name.startsWith("nnn") || name.startsWith(".nnn"))).toEqual([]);
  // Nothing of the trial stays.
  const free = join(folder, "free");
  await session.fit({ x }, x, {
    verbose: 0,
    epochs: 1,
    callbacks: [modelCheckpoint(join(free, "{epoch}.safetensors"))],
  });
  expect(readdirSync(free)).toEqual(["1.safetensors"]);
});

test("nor is it written to the file that training is kept in, which is removed in the end", async () => {
  using session = await openLine();
  const backup = join(folder, "both.safetensors");
  const callbacks = [modelCheckpoint(backup)];
  await expect(session.fit({ x }, x, { verbose: 0, backup, callbacks })).rejects.toMatchObject({
    code: "SW_FILE",
    message: `modelCheckpoint: ${backup} is the backup of a call that is under way in process ${process.pid}; it is removed in the end: choose another file`,
  });
  expect([session.epochs, existsSync(backup), existsSync(`${backup}.lock`)]).toEqual([0, false, false]);
  await session.fit({ x }, x, { verbose: 0, callbacks });
  expect(existsSync(backup)).toBe(true);
});

test("what can never be written ends training with the first file, and not after all epochs", async () => {
  const plain = join(folder, "plain");
  writeFileSync(plain, "");
  const existing = join(folder, "existing");
  mkdirSync(existing);
  using session = await openLine();
  for (const file of [existing, join(folder, "n".repeat(245)), join(plain, "{epoch}/w.safetensors")]) {
    const callbacks = [modelCheckpoint(file)];
    const { epochs } = session;
    await expect(session.fit({ x }, x, { verbose: 0, epochs: 3, callbacks })).rejects.toMatchObject({
      code: "SW_FILE",
      message: expect.stringMatching(/ cannot be written: E/),
    });
    expect(session.epochs - epochs).toBeLessThanOrEqual(1);
  }
});

test("who ends training by Ctrl-C is told whether its backup has it", async () => {
  const told = await toldBy(async () =>
    new Interrupted("after step 7 of epoch 2").tell("fit", "runs/a.safetensors", false),
  );
  expect(told).toEqual([
    "fit: interrupted after step 7 of epoch 2; runs/a.safetensors could not be written, and has no more than was kept before\n",
  ]);
});
