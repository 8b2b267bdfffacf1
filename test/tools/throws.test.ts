import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { nativeProblemCodes } from "../../runtime/native/problems.js";
import { errorCodes } from "../../src/ir/errors.js";

const root = resolve(import.meta.dirname, "../..");

const sources = ["src", "compiler", "runtime"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `${folder}/${path}`),
);
const texts = [...sources, "README.md", "CHANGELOG.md", "CONTRIBUTING.md"].map((path) => ({
  path,
  text: readFileSync(join(root, path), "utf8"),
}));

const known: ReadonlySet<string> = new Set([...Object.keys(errorCodes), ...nativeProblemCodes]);

/** What docstrings and documents name and no error has. Warnings have codes of their own. */
function unknownCodes(text: string): string[] {
  return (text.match(/\bSW_(?!WARN_)[A-Z]\w*/g) ?? []).filter((code) => !known.has(code));
}

test("every code of an error that is written of exists", () => {
  expect(unknownCodes("@throws SW_SHAPE when it does not fit, SW_SHAPES or SW_OPTION when it does")).toEqual([
    "SW_SHAPES",
    "SW_OPTION",
  ]);
  const found = texts.flatMap(({ path, text }) => unknownCodes(text).map((code) => `${path}: ${code}`));
  expect(found).toEqual([]);
});

/** The texts of `@throws`, up to the next tag or the end of the comment. */
function throwsIn(text: string): string[] {
  return text.match(/@throws[\s\S]*?(?=\n\s*\* @|\*\/)/g) ?? [];
}

test("the language's docstrings say by which code an error is told", () => {
  expect(throwsIn("/**\n * @throws when it is wrong\n * @example\n */")).toHaveLength(1);
  const found = texts
    .filter(({ path }) => path.startsWith("src/"))
    .flatMap(({ path, text }) => throwsIn(text).map((said) => ({ path, said })))
    .filter(({ said }) => !/SW_[A-Z]+/.test(said) && !/\bwhat (the|its|it)\b/.test(said))
    .map(({ path, said }) => `${path}: ${said}`);
  expect(found).toEqual([]);
});
