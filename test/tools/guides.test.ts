import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { guide } from "./guide.js";
import { exported } from "./imports-for.js";

const root = resolve(import.meta.dirname, "../..");
const names = await exported(root);
const guides = readdirSync(join(root, "docs/guides"))
  .filter((file) => file.endsWith(".md"))
  .map((file) => guide(root, `docs/guides/${file}`));

// That they do what they say, `test/cli/init-project.test.ts` sees, with the package as it is packed.

test.each(guides)("$file imports what it shows where a reader sees it", ({ shown, given }) => {
  const imported = [...given.matchAll(/\bimport (.*?) from "/g)].flatMap(([, names]) => names!.match(/\w+/g) ?? []);
  expect(imported.filter((name) => new RegExp(`\\b${name}\\b`).test(shown))).toEqual([]);
});

test("versions of packages that are to be installed are the package's own", () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const text = guides.map(({ file }) => readFileSync(join(root, file), "utf8")).join("");
  const named = [...text.matchAll(/(@tensorflow\/[\w-]+)@([\d.]+\d)/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, name, version] of named) expect({ name, version }).toEqual({ name, version: dependencies[name!] });
});

test("what tables of names say that there is here, is here", () => {
  const known = new Set([...names.values()].flat());
  const pages = ["from-keras", "from-tfjs", "from-pytorch"].map((page) => `docs/guides/${page}.md`);
  const rows = pages.flatMap((page) => readFileSync(join(root, page), "utf8").match(/^\| .* \|$/gm)!);
  const called = rows.flatMap((row) => row.split(/(?<!\\)\|/)[2]!.match(/(?<=`)\w+(?=[`(])/g) ?? []);
  expect(called.filter((name) => !known.has(name))).toEqual([]);
});
