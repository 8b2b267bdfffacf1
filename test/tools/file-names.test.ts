import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/**
 * A camelCase file is named like something that it exports: a function, a type with a capital letter, or an op, whose export
 * ends in Op. Any other file is named in kebab-case, by words of its own. What else a file exports has no say in its name.
 */
function isNamedWell(path: string, text: string): boolean {
  const name = basename(path, ".ts");
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return true;
  if (!/^[a-z]/.test(name)) return false;
  const own = `(${name}|${name}Op|${name[0]!.toUpperCase()}${name.slice(1)})`;
  const declared = new RegExp(
    `^export (async |declare |abstract )*(function\\*?|const|let|class|interface|type|enum) ${own}\\b`,
    "m",
  );
  return declared.test(text) || new RegExp(`^export (type )?\\{[^}]*\\b${own}\\b[^}]*\\}`, "m").test(text);
}

test("a file in camelCase is named like what it exports, any other in kebab-case", () => {
  expect(isNamedWell("a/fuseAffine.ts", "export const fuseAffine: Pass = {};\nexport function more() {}")).toBe(true);
  expect(isNamedWell("a/fuseAffine.ts", "export const fuseAffines = {};")).toBe(false);
  expect(isNamedWell("a/while-loop.ts", "export function buildWhileLoop() {}")).toBe(true);
  expect(isNamedWell("a/whileLoop.ts", "export function buildWhileLoop() {}")).toBe(false);
  expect(isNamedWell("a/matMul.ts", "export const matMulOp = {};")).toBe(true);
  expect(isNamedWell("a/pageData.ts", "export interface PageData {}")).toBe(true);
  expect(isNamedWell("a/While.ts", "export const While = 1;")).toBe(false);
});

test("every file is named so", () => {
  const files = ["src", "compiler", "runtime"].flatMap((folder) => {
    const paths = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
    return paths.filter((path) => path.endsWith(".ts")).map((path) => join(folder, path));
  });
  expect(files.length).toBeGreaterThan(400);
  const ownNames = (path: string) => path.includes("/generated/") || path.includes("/template/");
  const wrong = files.filter(
    (path) => !ownNames(path) && !isNamedWell(path, readFileSync(resolve(root, path), "utf8")),
  );
  expect(wrong).toEqual([]);
});
