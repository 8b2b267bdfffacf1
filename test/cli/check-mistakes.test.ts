import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyEdits } from "../../runtime/check/apply-edits.js";
import { checkFiles } from "../../runtime/check/diagnose.js";
import type { Finding } from "../../runtime/check/finding.js";
import { formatText } from "../../runtime/check/format/text.js";
import { report } from "../../runtime/check/index.js";

// The wrong models of examples/mistakes: what is said of each is committed beside it, and is proved: made as it says, the
// change leaves nothing to complain about. After a change of wording: npx vitest run test/cli/check-mistakes.test.ts -u

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "examples/mistakes");
const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
const path = (name: string) => join(folder, name);

let findings: readonly Finding[] = [];
beforeAll(() => {
  ({ findings } = report(names.map(path), root));
}, 120_000);

const findingsOf = (name: string) => findings.filter(({ place }) => place.file === path(name));

test("there are twenty-seven, each with one mistake", () => {
  expect(names).toHaveLength(27);
  expect(names.map((name) => findingsOf(name).length)).toEqual(names.map(() => 1));
});

test.each(names)("%s is explained", async (name) => {
  const report = { findings: findingsOf(name), files: [path(name)], root };
  const text = formatText(report, { style: (_, text) => text, colored: false, width: 80 });
  await expect(`${text}\n`).toMatchFileSnapshot(join(folder, "expected", name.replace(/\.ts$/, ".txt")));
});

test.each(names)("%s says where it was reported", (name) => {
  const head = readFileSync(path(name), "utf8").split("\nimport ")[0]!;
  expect(head).toMatch(/https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/issues\/\d+/);
  expect(head.split("\n").every((line) => line.startsWith("// "))).toBe(true);
});

const mended = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-mended-")));
afterAll(() => rmSync(mended, { recursive: true }));

test("what the explanations say to write is right", () => {
  const paths = {
    shapewright: [join(root, "compiler/language.ts")],
    "shapewright/runtime": [join(root, "runtime/index.ts")],
  };
  const compilerOptions = { paths, typeRoots: [join(root, "node_modules/@types")] };
  writeFileSync(join(mended, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(
    join(mended, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions }),
  );
  mkdirSync(join(mended, "mistakes"));
  const files = names.map((name) => {
    const edits = findingsOf(name).flatMap(({ explained }) => explained?.fix.edits ?? []);
    expect(edits, name).not.toHaveLength(0);
    expect(edits.map(({ file }) => basename(file))).toEqual(edits.map(() => name));
    const file = join(mended, "mistakes", name);
    writeFileSync(file, applyEdits(readFileSync(path(name), "utf8"), edits));
    return file;
  });
  expect(checkFiles(files)).toEqual([]);
}, 120_000);
