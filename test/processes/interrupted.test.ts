import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const heard = "Ctrl-C ends it after the step or callback that is under way; a second one at once, and keeps nothing\n";

function run(name: string, script: string, given: readonly string[]) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const command = ["--import", "tsx", file, name, ...given];
  return spawnSync(process.execPath, command, { encoding: "utf8" });
}

test.each([
  ["fit", "fit"],
  ["stream", "fitBatches"],
])(
  "Ctrl-C ends a %s after its step, keeps it, and the same program goes on as if it had not been",
  { timeout: 600_000 },
  (way, op) => {
    const [straight, interrupted] = [mkdtempSync(join(folder, "straight-")), mkdtempSync(join(folder, "interrupted-"))];
    // Epochs of 8 steps go on through a source of 3, which is told.
    const again = "fitBatches: the source ended after 3 of the 8 steps that stepsPerEpoch asks for, and begins again\n";
    const told = way === "stream" ? again : "";
    expect(run(straight, "interrupted-run.ts", [way, "0", "0"])).toMatchObject({ status: 0, stderr: told });
    const backup = join(interrupted, "backup.safetensors");
    const { signal, stderr } = run(interrupted, "interrupted-run.ts", [way, "2", "5"]);
    // Which step is under way when the signal is heard, is the system's affair.
    expect([signal, stderr.replace(/step \d+/, "step N")]).toEqual([
      "SIGINT",
      `${told}${op}: ${heard}${op}: interrupted after step N of epoch 2; ${backup} has it as it is, and the same program goes on from there\n`,
    ]);
    expect(readdirSync(interrupted)).toEqual(["backup.safetensors"]);
    expect(run(interrupted, "interrupted-run.ts", [way, "0", "0"]).status).toBe(0);
    for (const file of ["end.safetensors", "last.json"]) {
      expect(readFileSync(join(interrupted, file))).toEqual(readFileSync(join(straight, file)));
    }
    expect(readdirSync(interrupted).sort()).toEqual(["end.safetensors", "last.json"]);
  },
);

test.each([
  [
    "two",
    /^fit: interrupted after step 3 of epoch 1; .*a.safetensors has it(.|\n)*fit: interrupted after step \d of epoch 1; .*b.safetensors has it/,
  ],
  ["waiting", /^fitBatches: interrupted after step [12] of epoch 1; .*a.safetensors has it/],
  ["first", /^fitBatches: interrupted before the first step; .*a.safetensors has it/],
  [
    "within",
    /^fit: interrupted after epoch 1; .*a.safetensors has it as it is, and the same program goes on from there\n$/,
  ],
])(
  "Ctrl-C ends all that is under way, what waits for a source at once, and the process with the last of it: %s",
  { timeout: 600_000 },
  (way, told) => {
    const own = mkdtempSync(join(folder, "together-"));
    const { signal, stderr } = run(own, "interrupted-together.ts", [way]);
    const [first, ...rest] = stderr.split("\n");
    expect([signal, first]).toEqual([
      "SIGINT",
      `${way === "two" || way === "within" ? "fit" : "fitBatches"}: ${heard.trimEnd()}`,
    ]);
    expect(rest.join("\n")).toMatch(told);
    expect(readdirSync(own).sort()).toEqual(way === "two" ? ["a.safetensors", "b.safetensors"] : ["a.safetensors"]);
    if (way !== "first") return;
    const again = run(own, "interrupted-together.ts", [way, "again"]);
    expect([again.status, again.stdout, again.stderr]).toEqual([0, "", ""]);
  },
);

test("Ctrl-C is heard when the last epoch has ended, too", { timeout: 600_000 }, () => {
  const own = mkdtempSync(join(folder, "ended-"));
  const { signal, stderr } = run(own, "interrupted-run.ts", ["fit", "Infinity", "0"]);
  expect([signal, stderr]).toEqual([
    "SIGINT",
    `fit: ${heard}fit: interrupted after epoch 3; ${join(own, "backup.safetensors")} has it as it is, and the same program goes on from there\n`,
  ]);
  expect(run(own, "interrupted-run.ts", ["fit", "0", "0"]).status).toBe(0);
});
