import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shapewright } from "../support/shapewright.js";

const repository = join(import.meta.dirname, "../..");

let folder: string;
beforeAll(() => {
  const made = mkdtempSync(join(realpathSync(tmpdir()), "shapewright-"));
  writeFileSync(join(made, "package.json"), '{ "type": "module" }');
  mkdirSync(join(made, "node_modules"));
  symlinkSync(repository, join(made, "node_modules", "shapewright"));
  folder = relative(repository, made);
});
afterAll(() => rmSync(join(repository, folder), { recursive: true, force: true }));

function write(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(join(repository, file), lines.join("\n"));
  return file;
}

const program = [
  'import { compile, dense, input, meanSquaredError, model, sgd } from "shapewright";',
  'import { eager, open } from "shapewright/runtime";',
  'const net = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1 }));',
  "export const program = compile(net, { optimizer: sgd(), loss: meanSquaredError() });",
];

test("a file that trains at its top level is looked at, and trains nothing", () => {
  const file = write("trains.ts", [
    ...program,
    "console.log(process.argv.length);",
    "const session = await open(program);",
    "console.log((await session.fit({ x: [[1, 2]] }, [[1]], { epochs: 1 })).epochs);",
    "export const after = 1;",
  ]);
  const { status, stdout, stderr } = shapewright("summary", file);
  expect([status, stdout.split("\n")[0]]).toEqual([0, `${file}#program, batch = 1`]);
  expect(stderr).toBe(
    `2\nshapewright: what ${file} does from ${file}:6:23 on, where it opens a session, was left out: commands train nothing\n`,
  );
});

test("so is one whose training stands in a function that is called, or is eager, without a word when it has run to its end", () => {
  const file = write("calls.ts", [
    ...program,
    "const main = async () => {",
    // Behind the end of loading, which on a busy machine takes longer than a millisecond.
    "  await new Promise((done) => setTimeout(done, 500));",
    "  console.log((await eager()).backend);",
    "};",
    "main();",
  ]);
  expect(shapewright("summary", file)).toMatchObject({ status: 0, stderr: "" });
});

test("where nothing is exported before, that is said", () => {
  const file = write(
    "trains-first.ts",
    [...program, "await open(program);", "export const late = 1;"].map((line) =>
      line.replace("export const program", "const program"),
    ),
  );
  expect(shapewright("summary", file)).toEqual({
    status: 2,
    stdout: "",
    stderr: `shapewright: ${file} exports no model and no program before it opens a session, at ${file}:5:7: commands train nothing; write: export const program = compile(…)\n`,
  });
});

test.each([
  ["a syntax error", ["const a = 1;", "const = 2;"], '{file}:2:7: Expected identifier but found "="'],
  [
    "an error of its own",
    ["const a: any = null;", "export const b = a.c;"],
    "TypeError: Cannot read properties of null (reading 'c')\n  at {file}:2:20",
  ],
  [
    "an import that is not there",
    ['import "./nowhere.js";'],
    "Cannot find module '{folder}/nowhere.js' imported from {whole}",
  ],
  [
    "a mistake in a shape",
    ['import { dot, input } from "shapewright";', 'dot(input(["batch", 3]), input([4, 5]));'],
    "dot: [batch, 3] · [4, 5]: last axis 3 ≠ first axis 4\nMore: npx shapewright explain SW_SHAPE",
  ],
])("%s is said with its place, and without a trace of others' calls", (_, lines, message) => {
  const file = write("wrong.ts", lines);
  const whole = join(repository, file);
  const said = message.replace("{file}", file).replace("{folder}", join(repository, folder)).replace("{whole}", whole);
  expect(shapewright("summary", file)).toEqual({
    status: 1,
    stdout: "",
    stderr: `shapewright: ${file} could not be loaded: ${said}\n`,
  });
});
