import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const copies = ["src", "compiler", "runtime", "examples", "test", "test-d"];
const settings = ["package.json", "tsconfig.json", "vitest.config.ts"];
let project: string;

/** Puts a line behind the one that it belongs to. */
function addLine(file: string, before: string, line: string): void {
  const path = join(project, file);
  const text = readFileSync(path, "utf8");
  expect(text.split(`${before}\n`).length, `${file}: ${before}`).toBe(2);
  writeFileSync(path, text.replace(`${before}\n`, `${before}\n${line}\n`));
}

/** Runs a tool in the project: what it writes, and whether it succeeds. */
async function run(script: string, ...options: string[]): Promise<{ succeeds: boolean; output: string }> {
  const tool = join(root, "node_modules", script);
  const started = promisify(execFile)(process.execPath, [tool, ...options], { cwd: project, maxBuffer: 2 ** 26 });
  return started.then(
    ({ stdout, stderr }) => ({ succeeds: true, output: stdout + stderr }),
    ({ stdout, stderr }) => ({ succeeds: false, output: stdout + stderr }),
  );
}

// A copy of the project with one op more: its file, a line among the definitions and one in the public index. Nothing else is touched.
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "shapewright-op-"));
  // What other tests are writing meanwhile is left out.
  const filter = (path: string) => !path.endsWith(".generated");
  for (const name of [...copies, ...settings])
    cpSync(join(root, name), join(project, name), { recursive: true, filter });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  const given = join(root, "test/fixtures/adding-an-op");
  cpSync(join(given, "hypotenuse.ts"), join(project, "src/ops/hypotenuse.ts"));
  cpSync(join(given, "program.ts"), join(project, "test/hypotenuse.test.ts"));
  addLine(
    "src/ops/definitions.ts",
    'export { greaterEqualOp } from "./greaterEqual.js";',
    'export { hypotenuseOp } from "./hypotenuse.js";',
  );
  addLine(
    "src/ops/index.ts",
    'export { greaterEqual } from "./greaterEqual.js";',
    'export { hypotenuse } from "./hypotenuse.js";',
  );
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

test("an op that is added compiles", async () => {
  // What may name all ops; the examples and the other tests name those that they are about.
  const include = ["src", "compiler", "runtime", "test/support", "test/hypotenuse.test.ts"];
  writeFileSync(join(project, "tsconfig.op.json"), JSON.stringify({ extends: "./tsconfig.json", include }));
  expect(await run("typescript/bin/tsc", "--project", "tsconfig.op.json")).toEqual({ succeeds: true, output: "" });
}, 300_000);

test("it is printed, drawn, differentiated, run on every backend and written out; the shared tests see its samples", async () => {
  const files = [
    "test/hypotenuse.test.ts",
    "test/ops/kernels.test.ts",
    "test/ops/gradients.test.ts",
    "test/ops/tfjs-node-kernels.test.ts",
    "test/emit/kernel.test.ts",
  ];
  const report = join(project, "report.json");
  const { succeeds, output } = await run(
    "vitest/vitest.mjs",
    "run",
    ...files,
    "-t",
    "hypotenuse",
    "--reporter=json",
    `--outputFile=${report}`,
  );
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const passed = (file: string) =>
    testResults
      .filter(({ name }) => name.endsWith(file))
      .flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status === "passed")).length;
  const failures = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ fullName, failureMessages = [] }) => failureMessages.map((text) => [fullName, text])),
  );
  expect(failures).toEqual([]);
  expect(succeeds, output).toBe(true);
  for (const file of files) expect(passed(file), file).toBeGreaterThan(0);
}, 300_000);

/** The part of vitest's report that is read. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}
