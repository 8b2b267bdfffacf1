import { Project } from "ts-morph";
import { expect, test } from "vitest";
import {
  circles,
  type FolderRule,
  type Import,
  importsOf,
  type Layers,
  withoutLevel,
  wrongGlobals,
  wrongImports,
} from "./imports.js";

const pure: Omit<FolderRule, "folders"> = {
  node: false,
  allowsPackage: (name) => name === "@scope/small",
  packagesInWords: "small packages",
};
const layers: Layers = {
  root: "/tree",
  packageName: "own",
  entries: { own: "upper/index.ts", "own/lower": "lower/index.ts" },
  rules: {
    lower: { folders: ["lower"], ...pure },
    upper: { folders: ["lower", "upper"], ...pure, node: true },
  },
};

/** A made-up tree, given as texts by path. */
function treeOf(files: Record<string, string>): Project {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  for (const [path, text] of Object.entries(files)) project.createSourceFile(`/tree/${path}`, text);
  return project;
}

const importsIn = (files: Record<string, string>): Import[] => importsOf(treeOf(files), layers);

/** What is wrong with one file. */
const wrongIn = (file: string, text: string) => wrongImports(importsIn({ [file]: text }), layers);

test("an import along the arrow is in order, however it is written", () => {
  const text = `
    import { a } from "../lower/a.js";
    import type { B } from "own/lower";
    import "node:fs";
    import "path";
    import "@scope/small/part";
    export { c } from "./c.js";
    export const d = await import("./d.js");
    export type E = import("./e.js").E;
    export {};`;
  expect(wrongIn("upper/index.ts", text)).toEqual([]);
});

test.each([
  [`import { a } from "../upper/a.js";`, "../upper/a.js", "lower may import only lower, not upper"],
  [`import type { A } from "../upper/a.js";`, "../upper/a.js", "lower may import only lower, not upper"],
  [`export * from "../upper/a.js";`, "../upper/a.js", "lower may import only lower, not upper"],
  [`export const a = import("../upper/a.js");`, "../upper/a.js", "lower may import only lower, not upper"],
  [`export type A = import("../upper/a.js").A;`, "../upper/a.js", "lower may import only lower, not upper"],
  [`import { a } from "own";`, "own", "lower may import only lower, not upper"],
  [`import { a } from "own/inner";`, "own/inner", 'package.json has no such entry point under "exports"'],
  [`import "node:fs";`, "node:fs", "lower may import only small packages"],
  [`import "fs";`, "fs", "lower may import only small packages"],
  [`import "@scope/large";`, "@scope/large", "lower may import only small packages"],
])("%s in the lower folder is refused", (text, specifier, problem) => {
  expect(wrongIn("lower/a.ts", `\n${text}`)).toEqual([`lower/a.ts:2: imports "${specifier}": ${problem}`]);
});

test("a folder without a rule is refused", () => {
  const problem = "aside has no rule; add one to the layers";
  expect(wrongIn("aside/a.ts", `import "../lower/a.js";`)).toEqual([
    `aside/a.ts:1: imports "../lower/a.js": ${problem}`,
  ]);
});

test("Node's globals are refused where Node's modules are", () => {
  const files = {
    "lower/a.ts": `\nexport const home = process.env.HOME ?? Buffer.from("");`,
    "upper/a.ts": `export const home = process.env.HOME;`,
  };
  expect(wrongGlobals(treeOf(files), layers)).toEqual([
    "lower/a.ts:2: uses process, which only Node has",
    "lower/a.ts:2: uses Buffer, which only Node has",
  ]);
});

test("a property or a variable of one's own may be called like a global of Node's", () => {
  const files = {
    "lower/a.ts": `export const process = { require: 1 }; console.log(process.require);`,
    "lower/b.ts": `export interface Task { readonly process: string } // Buffer`,
  };
  expect(wrongGlobals(treeOf(files), layers)).toEqual([]);
});

test("a circle is told once, by a shortest way", () => {
  const files = {
    "lower/a.ts": `import "./b.js";`,
    "lower/b.ts": `import "./c.js"; import "./long.js";`,
    "lower/c.ts": `import "./a.js";`,
    "lower/long.ts": `import "./c.js";`,
    "lower/outside.ts": `import "./a.js";`,
  };
  expect(circles(importsIn(files))).toEqual([
    "lower/a.ts: imports in a circle: lower/a.ts → lower/b.ts → lower/c.ts → lower/a.ts",
    "lower/long.ts: imports in a circle: lower/long.ts → lower/c.ts → lower/a.ts → lower/b.ts → lower/long.ts",
  ]);
});

test("a circle of types is a circle, and is called one", () => {
  const files = {
    "lower/a.ts": `import { type B, b } from "./b.js";`,
    "lower/b.ts": `import type { A } from "./a.js";`,
    "lower/own.ts": `export type Own = import("./own.js").Own;`,
  };
  expect(circles(importsIn(files))).toEqual([
    "lower/a.ts: imports in a circle (of types): lower/a.ts → lower/b.ts → lower/a.ts",
    "lower/own.ts: imports in a circle (of types): lower/own.ts → lower/own.ts",
  ]);
});

test("within a folder, a level imports itself and those before it; the most specific path counts", () => {
  const ordered: Layers = {
    ...layers,
    levels: [["lower/parts/first.ts"], ["lower/base"], ["lower/parts", "lower/end.ts"]],
  };
  const problems = (file: string, specifier: string) =>
    wrongImports(importsOf(treeOf({ [file]: `import "${specifier}";` }), ordered), ordered);
  expect(problems("lower/parts/second.ts", "../base/a.js")).toEqual([]);
  expect(problems("lower/parts/second.ts", "../end.js")).toEqual([]);
  expect(problems("lower/base/a.ts", "../parts/first.js")).toEqual([]);
  expect(problems("lower/base/a.ts", "../parts/second.js")).toEqual([
    'lower/base/a.ts:1: imports "../parts/second.js": lower/base comes before lower/parts, and may not import it',
  ]);
  expect(problems("lower/parts/first.ts", "./second.js")).toEqual([
    'lower/parts/first.ts:1: imports "./second.js": lower/parts/first.ts comes before lower/parts, and may not import it',
  ]);
});

test("in a folder with levels, each file stands on one", () => {
  const files = { "lower/base/a.ts": "", "lower/free.ts": "", "lower/basement/b.ts": "", "upper/index.ts": "" };
  const ordered: Layers = { ...layers, levels: [["lower/base"], ["lower/end.ts"]] };
  expect(withoutLevel(treeOf(files), ordered)).toEqual([
    "lower/free.ts: stands on no level; add it to one of the layers'",
    "lower/basement/b.ts: stands on no level; add it to one of the layers'",
  ]);
});

test("a part of a folder may have a rule of its own", () => {
  const rules = { ...layers.rules, "lower/on-node": { ...pure, folders: ["lower"], node: true } };
  const problems = (file: string) =>
    wrongImports(importsOf(treeOf({ [file]: `import "node:fs";` }), layers), { ...layers, rules });
  expect(problems("lower/on-node/a.ts")).toEqual([]);
  expect(problems("lower/a.ts")).toEqual(['lower/a.ts:1: imports "node:fs": lower may import only small packages']);
});
