import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bundleDeclarations } from "./bundleDeclarations.js";

test("declarations become one file, in which names of several modules differ, and what is not imported goes", () => {
  const folder = mkdtempSync(join(tmpdir(), "declarations-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = {
    "main.d.ts": `/** The head. */\nexport { f } from "./ops/f.js";\nexport * from "./table.js";\n`,
    "table.d.ts": `/** All. */\nexport interface Table {\n    base: Kept;\n}\ntype Kept = Record<"a", 1>;\nexport {};\n`,
    "ops/f.d.ts": [
      `import type { Table as All } from "../table.js";`,
      `declare module "../table.js" {\n    interface Table {\n        f: Kept<1>;\n    }\n}`,
      `type Kept<T> = T extends [infer Kept] ? Kept : import("../table.js").Table["base"];`,
      `export type Record = typeof word;`,
      `declare const word: "f";`,
      `/** Gives it. */`,
      `export declare function f(kept: Kept<All>): Record;`,
      "",
    ].join("\n"),
    "other.d.ts": [
      `import { f } from "./main.js";`,
      `import { type Record as Word } from "./ops/f.js";`,
      `export * from "./table.js";`,
      `export declare const g: typeof f | Word | import("./table.js").Table;`,
      "",
    ].join("\n"),
    "own.d.ts": "export {};\n",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }

  bundleDeclarations(folder, { bundled: ["main.d.ts"], into: "ops/all.d.ts", entries: ["other.d.ts"] });

  const left = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  expect(Object.fromEntries(left.map((name) => [name, readFileSync(join(folder, name), "utf8")]))).toEqual({
    "main.d.ts": `/** The head. */\nexport { f, Table } from "./ops/all.js";\n`,
    "ops/all.d.ts": [
      `/** All. */`,
      `export interface Table {\n    base: Kept;\n}`,
      `export type Kept = Record<"a", 1>;`,
      `export interface Table {\n        f: Kept$1<1>;\n    }`,
      `export type Kept$1<T> = T extends [infer Kept] ? Kept : Table["base"];`,
      `export type Record$1 = typeof word;`,
      `export declare const word: "f";`,
      `/** Gives it. */`,
      `export declare function f(kept: Kept$1<Table>): Record$1;`,
      "",
    ].join("\n"),
    "other.d.ts": [
      `import { f } from "./ops/all.js";`,
      `import { Record$1 as Word } from "./ops/all.js";`,
      `export { Table } from "./ops/all.js";`,
      `export declare const g: typeof f | Word | import("./ops/all.js").Table;`,
      "",
    ].join("\n"),
  });
});
