import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ts } from "ts-morph";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyEdits } from "../../runtime/check/apply-edits.js";
import { checkFiles } from "../../runtime/check/diagnose.js";
import type { Finding } from "../../runtime/check/finding.js";
import { modules } from "../../runtime/check/modules.js";
import { declaredRules } from "../../runtime/check/rules/declared.js";
import { rules } from "../../runtime/check/rules/index.js";
import { nodeRules } from "../../runtime/check/rules/nodeRules.js";
import type { Site } from "../../runtime/check/site.js";
import { template } from "../../runtime/check/template.js";
import * as ofData from "../../runtime/datasets/index.js";
import * as ofTraining from "../../runtime/index.js";
import { notBroadcast } from "../../src/types/broadcast.js";
import { rejectedFiles, rejectedTables } from "../support/rejected.js";
import { packagePaths } from "../tools/declarations.js";
import { showErrors } from "../tools/type-messages.js";

const root = resolve(import.meta.dirname, "../..");

test("rules have ids of their own, of small letters, and say something", () => {
  const all = [...rules, ...declaredRules, ...nodeRules];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { id, title, help } of all) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title.length, id).toBeLessThan(70);
    expect(help, id).toMatch(/^\S.+\.$/s);
  }
});

test("what the modules beside the language export is known", () => {
  const called = (module: object) =>
    Object.keys(module)
      .filter((name) => /^[a-z]/.test(name) && name !== "backendNames")
      .sort();
  expect(modules).toEqual({ "shapewright/runtime": called(ofTraining), "shapewright/data": called(ofData) });
});

// The tables of rejected programs have every message with the program that is told so.
describe("the rejected programs are explained", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-rejected-")));
  afterAll(() => rmSync(folder, { recursive: true }));
  let findings: Finding[] = [];
  beforeAll(async () => {
    const compilerOptions = {
      paths: await packagePaths(),
      typeRoots: [join(root, "node_modules/@types")],
      noUnusedLocals: false,
    };
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
  }, 900_000);

  test("one finding for each, with the message that the table has", () => {
    const tables = [...rejectedTables.values()].flatMap((tables) => Object.entries(tables));
    const own = tables.filter(([table]) => table !== "inTypeScriptsWords").flatMap(([, table]) => Object.keys(table));
    expect(findings).toHaveLength(tables.flatMap(([, table]) => Object.keys(table)).length);
    const told = findings.filter(({ rule }) => rules.some(({ id }) => id === rule));
    expect(told.map(({ message }) => message).sort()).toEqual(own.sort());
  });

  test("what is left is in TypeScript's own words", () => {
    const left = findings.filter(({ rule }) => !rules.some(({ id }) => id === rule));
    const declared = [...declaredRules, ...nodeRules].map(({ id }) => id);
    for (const { rule } of left) if (!/^TS\d+$/.test(rule)) expect(declared).toContain(rule);
  });

  test("every rule is used", () => {
    const used = new Set(findings.map(({ rule }) => rule));
    expect([...rules, ...declaredRules].map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
  });

  test("what an explanation proposes leaves its mistake behind, and none that is not explained", () => {
    const copies = copiesWithFixes(findings);
    expect(copies.length).toBeGreaterThan(40);
    for (const { path, text } of copies) writeFileSync(path, text);
    const left = checkFiles(copies.map(({ path }) => path));
    const again: string[] = [];
    const unexplained: string[] = [];
    for (const { path, text, programs } of copies) {
      const now = programsIn(path, text);
      for (const [key, finding] of programs) {
        const { pos, end } = now.get(key)!;
        const inside = left.filter(({ place }) => place.file === path && place.start >= pos && place.end <= end);
        if (inside.some(({ message }) => message === finding.message)) again.push(key);
        if (inside.some(({ explained }) => !explained)) unexplained.push(key);
      }
    }
    expect(again).toEqual([]);
    // A size in place of two is the program's other mistake.
    expect(unexplained).toEqual(["each: resizeImages: takes float32, got int32; use cast() first"]);
  }, 900_000);

  test("each explanation names what to write, and edits only where the mistake or its cause is", () => {
    for (const { explained, place, message } of findings) {
      if (!explained) continue;
      expect(explained.what, message).toMatch(/\.$/);
      expect(explained.fix.words, message).toMatch(/[.:]$/);
      for (const edit of explained.fix.edits) expect(edit.file).toBe(place.file);
    }
  });
});

/** A table's file with fixes in it, and the programs that they are of. */
interface Copy {
  readonly path: string;
  readonly text: string;
  readonly programs: ReadonlyMap<string, Finding>;
}

/** The tables with every fix that is no guess: those that stay within their programs together, the others each alone. */
function copiesWithFixes(findings: readonly Finding[]): Copy[] {
  return [...new Set(findings.map(({ place }) => place.file))].flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const programs = programsIn(file, text);
    const own = [...programs].flatMap(([key, { pos, end }]) => {
      const fixed = findings.filter(({ place, explained }) => {
        const { edits = [], isGuess } = explained?.fix ?? {};
        return place.file === file && place.start >= pos && place.end <= end && edits.length > 0 && !isGuess;
      });
      return fixed.map((finding) => [key, finding] as const);
    });
    const stays = ([key, { explained }]: (typeof own)[number]) => {
      const { pos, end } = programs.get(key)!;
      return explained!.fix.edits.every((edit) => edit.imports || (edit.start >= pos && edit.end <= end));
    };
    const groups = [own.filter(stays), ...own.filter((one) => !stays(one)).map((one) => [one])];
    return groups.flatMap((group, i) => {
      const taken = new Map(group);
      const empty = [...programs]
        .filter(([key]) => !taken.has(key))
        .map(([, { pos, end }]) => ({ start: pos, end, text: "0" }));
      const edits = [...taken.values()].flatMap(({ explained }) => explained!.fix.edits);
      const once = edits.filter(
        (edit, i) => !edit.imports || edits.findIndex(({ imports }) => imports === edit.imports) === i,
      );
      const path = file.replace(/\.ts$/, `-mended-${i}.ts`);
      const all = [...empty.map((edit) => ({ file, ...edit })), ...once];
      return group.length > 0 ? [{ path, text: applyEdits(text, all), programs: taken }] : [];
    });
  });
}

/** The bodies of a table's programs, by the table and the message. */
function programsIn(file: string, text: string): ReadonlyMap<string, { readonly pos: number; readonly end: number }> {
  const found = new Map<string, { readonly pos: number; readonly end: number }>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name) && ts.isArrowFunction(node.initializer)) {
      const { body } = node.initializer;
      found.set(`${node.parent.parent.getText().split(" ")[0]}: ${node.name.text}`, {
        pos: body.getStart(),
        end: body.end,
      });
    } else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true));
  return found;
}

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
