import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const spinning = pathToFileURL(resolve(import.meta.dirname, "../../runtime/cli/spinning.ts")).href;

/** Spins until a picture was to be drawn, as the state says that it shares with its thread; then stops. */
const program = `
const { SharedArrayBuffer: Shared } = globalThis;
let state;
globalThis.SharedArrayBuffer = class extends Shared {
  constructor(size) {
    super(size);
    state = new Int32Array(this);
  }
};
const written = [];
const { Writable } = await import("node:stream");
const write = (chunk, _, done) => {
  written.push(String(chunk));
  done();
};
const stderr = Object.assign(new Writable({ write }), { isTTY: true, columns: 40 });
Object.defineProperty(process, "stderr", { value: stderr });
const stop = (await import(${JSON.stringify(spinning)})).spinning("checking …");
if (HELD) state[1] = state[2] = 1;
while (Atomics.load(state, 2) === 0);
stop();
console.log(JSON.stringify([written, stderr.write === Writable.prototype.write]));
`;

function spun(held: boolean) {
  // What cannot be written to stands for a terminal that is gone.
  const gone = openSync("/dev/null", "r");
  const code = program.replace("HELD", String(held));
  const { CI: _, ...env } = process.env;
  const { status, signal, stdout } = spawnSync(
    process.execPath,
    ["--import", tsx, "--input-type=module", "--eval", code],
    { stdio: ["ignore", "pipe", gone], env: { ...env, TERM: "xterm" }, encoding: "utf8", timeout: 30_000 },
  );
  closeSync(gone);
  return { status, signal, stdout };
}

test("a picture that cannot be written, or is never written to its end, holds nothing up", () => {
  const ended = { status: 0, signal: null, stdout: `${JSON.stringify([["\r\x1b[K"], true])}\n` };
  expect(spun(false)).toEqual(ended);
  expect(spun(true)).toEqual(ended);
}, 90_000);
