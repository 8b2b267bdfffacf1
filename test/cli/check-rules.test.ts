import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkFiles } from "../../runtime/check/diagnose.js";
import type { Finding } from "../../runtime/check/finding.js";
import { declaredRules } from "../../runtime/check/rules/declared.js";
import { rules } from "../../runtime/check/rules/index.js";
import type { Site } from "../../runtime/check/site.js";
import { template } from "../../runtime/check/template.js";
import { notBroadcast } from "../../src/types/broadcast.js";
import { rejectedFiles, rejectedTables } from "../support/rejected.js";
import { packagePaths } from "../tools/declarations.js";
import { showErrors } from "../tools/type-messages.js";

const root = resolve(import.meta.dirname, "../..");

test("rules have ids of their own, of small letters, and say something", () => {
  const all = [...rules, ...declaredRules];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { id, title, help } of all) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title.length, id).toBeLessThan(70);
    expect(help, id).toMatch(/^\S.+\.$/s);
  }
});

// The tables of rejected programs have every message with the program that is told so.
describe("the rejected programs are explained", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-rejected-")));
  afterAll(() => rmSync(folder, { recursive: true }));
  let findings: Finding[] = [];
  beforeAll(async () => {
    const compilerOptions = { paths: await packagePaths(), typeRoots: [join(root, "node_modules/@types")] };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions }),
    );
    const files = rejectedFiles.map((name) => {
      const path = join(folder, name);
      writeFileSync(path, showErrors(readFileSync(join(root, "test-d", name), "utf8")));
      return path;
    });
    findings = checkFiles(files);
  }, 120_000);

  test("one finding for each, with the message that the table has", () => {
    const tables = [...rejectedTables.values()].flatMap((tables) => Object.entries(tables));
    const own = tables.filter(([table]) => table !== "inTypeScriptsWords").flatMap(([, table]) => Object.keys(table));
    expect(findings).toHaveLength(tables.flatMap(([, table]) => Object.keys(table)).length);
    const told = findings.filter(({ rule }) => rules.some(({ id }) => id === rule));
    expect(told.map(({ message }) => message).sort()).toEqual(own.sort());
  });

  test("what is left is in TypeScript's own words", () => {
    const left = findings.filter(({ rule }) => !rules.some(({ id }) => id === rule));
    const declared = declaredRules.map(({ id }) => id);
    for (const { rule } of left) if (!/^TS\d+$/.test(rule)) expect(declared).toContain(rule);
  });

  test("every rule is used", () => {
    const used = new Set(findings.map(({ rule }) => rule));
    expect([...rules, ...declaredRules].map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
  });

  test("each explanation names what to write, and edits only where the mistake or its cause is", () => {
    for (const { explained, place, message } of findings) {
      if (!explained) continue;
      expect(explained.what, message).toMatch(/\.$/);
      expect(explained.fix.words, message).toMatch(/[.:]$/);
      for (const edit of explained.fix.edits) expect(edit.file).toBe(place.file);
    }
  });
});

test("a rule reads the parts of its message back", () => {
  const read = template(notBroadcast);
  expect(read("add: [batch, floor((h-2)/2)] and [3] do not broadcast: axis 1 is floor((h-2)/2) and 3")).toEqual({
    op: "add",
    a: "[batch, floor((h-2)/2)]",
    b: "[3]",
    axis: "1",
    x: "floor((h-2)/2)",
    y: "3",
  });
  expect(read("add: dtypes int32 and float32 differ; use cast() on one of them")).toBeUndefined();
  expect(template("flatten: takes (a) batch")("flatten: takes (a) batch")).toEqual({});
});

test("a message of no rule is left to TypeScript's words", () => {
  expect(rules.map((rule) => rule.explain("dot: something new", {} as Site))).toEqual(rules.map(() => undefined));
});
