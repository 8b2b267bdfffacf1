/**
 * Checks the files that it is given with tsd: that types are identical, and that each `@ts-expect-error` stands before an error. Prints
 * what is otherwise, a line each. A process of its own, beside which the compilers check the same.
 */
import { relative, resolve } from "node:path";
import tsd from "tsd";

const root = resolve(import.meta.dirname, "../..");
const testFiles = process.argv.slice(2);
const found = await tsd.default({ cwd: root, typingsFile: "compiler/language.ts", testFiles });
for (const { fileName, line, column, message } of found) {
  // It also wants the typings to be among the published files; those tested here are the sources.
  if (!fileName.endsWith("package.json")) console.log(`${relative(root, fileName)}:${line}:${column}: ${message}`);
}
