/**
 * Type-checks the examples in docstrings, and the programs in README and docs, all in one program, against the declarations that the package has.
 *
 *     npx tsx test/tools/doc-examples.ts
 *
 * An example may use what is exported, and the names of `doc-prelude.ts`, which stand for what a reader has at hand.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packagePaths } from "./declarations.js";
import { prelude, prepared } from "./doc-prelude.js";
import { docstringExamples, pageExamples } from "./examples-in.js";
import { guide } from "./guide.js";
import { exported, importsFor } from "./imports-for.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const typescript = join(dirname(fileURLToPath(import.meta.resolve("typescript/package.json"))), "bin/tsc");

const files = ["src", "compiler", "runtime"]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))))
  .filter((file) => file.endsWith(".ts"))
  .sort();
// The rules of src/types are not exported; their examples are types, and their own tests pin them.
const inDocstrings = files
  .filter((file) => !file.startsWith("src/types/"))
  .flatMap((file) => docstringExamples(root, file));
const pages = ["README.md", ...readdirSync(join(root, "docs")).map((file) => `docs/${file}`)];
const onPages = pages.filter((file) => file.endsWith(".md")).flatMap((file) => pageExamples(root, file));
const examples = [...inDocstrings, ...onPages];
const guides = readdirSync(join(root, "docs/guides"))
  .filter((file) => file.endsWith(".md"))
  .map((file) => guide(root, `docs/guides/${file}`));

const folder = mkdtempSync(join(tmpdir(), "shapewright-docs-"));
try {
  const names = await exported(root);
  const withPrelude = new Map([...names, ["./prelude.js", prepared]]);
  writeFileSync(join(folder, "prelude.ts"), prelude);
  examples.forEach(({ code }, i) => {
    writeFileSync(join(folder, `example-${i}.ts`), [importsFor(code, withPrelude), code, "export {};"].join("\n"));
  });
  guides.forEach(({ whole }, i) => {
    // A page's first line is its title.
    writeFileSync(join(folder, `guide-${i}.ts`), `export {};${whole}`);
  });
  const compilerOptions = {
    paths: await packagePaths(),
    noUnusedLocals: false,
    verbatimModuleSyntax: false,
    typeRoots: [`${root}node_modules/@types`],
  };
  const config = { extends: `${root}tsconfig.json`, compilerOptions, include: ["*.ts"] };
  // Packages that examples take beside this one.
  symlinkSync(`${root}node_modules`, join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const { stdout } = spawnSync(process.execPath, [typescript, "--noEmit", "--pretty", "false", "-p", folder], {
    encoding: "utf8",
  });
  const problems = stdout.split("\n").filter((line) => line !== "");
  for (const line of problems) {
    const inExample = line.replace(/^.*example-(\d+)\.ts/, (_, i) => examples[Number(i)]!.place);
    console.error(inExample.replace(/^.*guide-(\d+)\.ts/, (_, i) => guides[Number(i)]!.file));
  }
  if (problems.length > 0) process.exitCode = 1;
  else {
    const counts = `${inDocstrings.length} examples in docstrings, ${onPages.length} on pages and ${guides.length} guides`;
    console.log(`${counts} compile.`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
