import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { shapewright } from "../support/shapewright.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));

test("a reader that has read enough is no failure", () => {
  // `true` reads nothing: its end of the pipe is closed before anything is written.
  const command = `"${process.execPath}" --import tsx --conditions=shapewright-source runtime/cli/main.ts --help | true`;
  const { stderr, stdout } = spawnSync("sh", ["-c", command], { cwd: repository, encoding: "utf8" });
  expect([stdout, stderr]).toEqual(["", ""]);
});

test("help and the version are results; a wrong command line exits with 2", () => {
  const help = shapewright("--help");
  expect([help.status, help.stderr]).toEqual([0, ""]);
  for (const command of ["build", "check", "doctor", "explain", "graph", "init", "summary"]) {
    expect(help.stdout).toContain(`\n  ${command} `);
  }
  expect(shapewright("--version")).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
  expect(shapewright("summary")).toEqual({
    status: 2,
    stdout: "",
    stderr: "error: missing required argument 'file'\n(add --help for what there is)\n",
  });
});
