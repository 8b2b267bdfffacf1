import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** A call that takes each entry of a list as an argument of its own. */
const spread =
  /(?:\.(?:push|unshift)|Math\.(?:max|min|hypot)|String\.from(?:CharCode|CodePoint))\((?:[^(){}]*, )?\.\.\./;

/** Where such lists are short, whatever the data: */
const short: readonly RegExp[] = [
  /^compiler\/emit\//, // lines that a node is written in, and what a page draws
  /^compiler\/(analysis|passes)\//, // the bodies of a node
  /^runtime\/fit\/watch\/shown-values\.ts$/, // the pixels of a small picture
  /^runtime\/watch\/page\//, // what a page draws: of each layer, each epoch's columns
  /^runtime\/check\/format\//, // the steps that a message shows
  /^runtime\/check\/(mend|withResults)\.ts$/, // the mistakes of a project, and the fixes of one
  /^runtime\/(cli\/build|datasets\/stages\/join)\.ts$/, // artifacts of an export, parts of a record
  /^src\/control\/closeOver\.ts$/, // what a round carries
  /^src\/(ops\/svd|ops\/pinv|ops\/shared\/diagonal-shape|optimizers\/muon)\.ts$/, // the axes of a shape
];

/** A list of some 100,000 entries overflows the stack as the arguments of a call. */
test("no list that is as long as data is spread into a call", () => {
  for (const code of ["rows.push(...more)", "Math.max(0, ...rows.map(f))", "Math.hypot(...x)"]) {
    expect(code).toMatch(spread);
  }
  for (const code of ["[...rows, ...more]", "Math.max(0, rows.length)"]) expect(code).not.toMatch(spread);
  const found = ["src", "compiler", "runtime"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => `${folder}/${path}`)
      .filter((path) => !short.some((rule) => rule.test(path)))
      .filter((path) => spread.test(readFileSync(join(root, path), "utf8"))),
  );
  expect(found, "for (const entry of list) others.push(entry); list.reduce((most, x) => Math.max(most, x), 0)").toEqual(
    [],
  );
});
