import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { format } from "node:util";
import { transformSync } from "esbuild";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as compiler from "../../compiler/index.js";
import * as language from "../../compiler/language.js";
import * as data from "../../runtime/datasets/index.js";
import * as runtime from "../../runtime/index.js";
import { type Guide, guide } from "./guide.js";
import { exported } from "./imports-for.js";

const root = resolve(import.meta.dirname, "../..");
const names = await exported(root);
const guides = readdirSync(join(root, "docs/guides"))
  .filter((file) => file.endsWith(".md"))
  .map((file) => guide(root, `docs/guides/${file}`));

const modules: Record<string, object> = {
  shapewright: language,
  "shapewright/compiler": compiler,
  "shapewright/data": data,
  "shapewright/runtime": runtime,
};

const importedBy = async (module: string): Promise<object> => modules[module] ?? (await import(module));

/** What a guide's program does, in JavaScript, with no more imports than the page has; those are taken of the sources. */
function programOf({ run }: Guide): () => Promise<void> {
  const { code } = transformSync(run, { loader: "ts", format: "esm", target: "es2022" });
  const body = code.replaceAll(
    /^import (\{[^}]*\}) from ("[^"]+");$/gm,
    (_, imported, module) => `const ${imported.replaceAll(" as ", ": ")} = await imported(${module});`,
  );
  return new Function("imported", `return (async () => {\n${body}\n})();`).bind(undefined, importedBy);
}

let folder: string;
const before = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-guides-"));
  process.chdir(folder);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test.each(guides.filter(({ run }) => run.trim() !== ""))("$file does what it says", async (page) => {
  const printed: string[] = [];
  vi.spyOn(console, "log").mockImplementation((...words) => void printed.push(format(...words)));
  vi.spyOn(console, "info").mockImplementation(() => {});
  await programOf(page)();
  expect(printed).toEqual(page.prints);
});

test.each(guides)("$file imports what it shows where a reader sees it", ({ shown, given }) => {
  const imported = [...given.matchAll(/\bimport (.*?) from "/g)].flatMap(([, names]) => names!.match(/\w+/g) ?? []);
  expect(imported.filter((name) => new RegExp(`\\b${name}\\b`).test(shown))).toEqual([]);
});

test("what tables of names say that there is here, is here", () => {
  const known = new Set([...names.values()].flat());
  const pages = ["from-keras", "from-tfjs", "from-pytorch"].map((page) => `docs/guides/${page}.md`);
  const rows = pages.flatMap((page) => readFileSync(join(root, page), "utf8").match(/^\| .* \|$/gm)!);
  const called = rows.flatMap((row) => row.split(/(?<!\\)\|/)[2]!.match(/(?<=`)\w+(?=[`(])/g) ?? []);
  expect(called.filter((name) => !known.has(name))).toEqual([]);
});
