import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { commandLine, shapewright } from "../support/shapewright.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));

const main = `"${process.execPath}" "${commandLine}"`;
const shell = (command: string, env: Record<string, string> = {}) =>
  spawnSync("sh", ["-c", command], { cwd: repository, encoding: "utf8", env: { ...process.env, ...env } });

test("a reader that has read enough is no failure", () => {
  // `true` reads nothing: its end of the pipe is closed before anything is written.
  expect(shell(`${main} --help | true`)).toMatchObject({ stdout: "", stderr: "" });
  // Of what went wrong, too: Node.js would end with the error of the pipe.
  expect(shell(`(${main} summary nowhere.ts; echo $? >&3) 3>&1 2>&1 >/dev/null | true`).stdout).toBe("");
});

test("help and the version are results; a wrong command line exits with 2", () => {
  const help = shapewright("--help");
  expect([help.status, help.stderr]).toEqual([0, ""]);
  for (const command of ["build", "check", "doctor", "explain", "graph", "init", "profile", "summary"]) {
    expect(help.stdout).toContain(`\n  ${command} `);
  }
  expect(shapewright("--version")).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
  expect(shapewright("summary")).toEqual({
    status: 2,
    stdout: "",
    stderr: "shapewright: missing required argument 'file'\n(add --help for what there is)\n",
  });
});

test.skipIf(!existsSync("/dev/full"))("a disk that is full is said in a line", () => {
  const { status, stderr } = shell(`${main} --help > /dev/full`);
  expect([status, stderr]).toEqual([
    1,
    "shapewright: what it prints cannot be written: ENOSPC: no space left on device\n",
  ]);
});

test("colours of what went wrong do not depend on where results go", () => {
  const { stdout, stderr } = shell(`${main} summary nowhere.ts`, { FORCE_COLOR: "1" });
  expect(stdout).toBe("");
  expect(stderr).toBe("\u001b[31mshapewright: There is no file nowhere.ts.\u001b[39m\n");
  expect(shell(`${main} summary nowhere.ts`, { FORCE_COLOR: "false" }).stderr).toBe(
    "shapewright: There is no file nowhere.ts.\n",
  );
});
