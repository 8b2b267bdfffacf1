import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { random } from "../../src/ir/random.js";

const script = fileURLToPath(new URL("resumed-run.ts", import.meta.url));

/** Runs it, to be killed at an event, or to its end. */
function run(folder: string, kill: number) {
  const command = ["--import", "tsx", script, folder, String(kill)];
  const { signal, status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  if (signal !== "SIGKILL" && status !== 0) throw new Error(stderr);
  return { killed: signal === "SIGKILL", stdout };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a run that is killed at twenty moments ends with the weights, bit for bit, of one that is not", {
  timeout: 600_000,
}, () => {
  const [straight, killed] = [mkdtempSync(join(folder, "straight-")), mkdtempSync(join(folder, "killed-"))];
  const whole = run(straight, 0);
  const [, events, epochs, why] = /^(\d+) (\d+) (.*)$/.exec(whole.stdout)!;
  // It is ended early, by what callbacks remember over many kills.
  expect(why).toMatch(/^earlyStopping: val_loss has not become better than [\d.]+ for 4 epochs$/);
  expect(Number(epochs)).toBeLessThan(12);

  expect(Number(events)).toBeGreaterThan(150);

  const endsAlike = () => {
    expect(readFileSync(join(killed, "end.safetensors"))).toEqual(readFileSync(join(straight, "end.safetensors")));
    expect(readdirSync(killed)).toEqual(["end.safetensors"]);
    rmSync(join(killed, "end.safetensors"));
  };
  const draw = random(3, "resume");
  for (let kills = 0; kills < 20; ) {
    // Within two epochs, or the writing after them: so that it goes on from its backup, and is killed again.
    if (run(killed, 1 + draw.integer(50)).killed) kills += 1;
    else endsAlike();
  }
  expect(run(killed, 0).stdout).toContain(` ${epochs} ${why}`);
  endsAlike();
});
