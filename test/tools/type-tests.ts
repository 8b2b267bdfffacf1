/**
 * Checks the type tests in test-d: what must compile, with which types, and what must not, with which messages.
 *
 *     npx tsx test/tools/type-tests.ts                  tsd, then TypeScript 5.9, 6.0 and 7.0
 *     npx tsx test/tools/type-tests.ts typescript-6.0   one of them
 *
 * Exits with 1 if anything is otherwise.
 */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { SyntaxKind } from "ts-morph";
import { type Compiler, check, compilers, versionOf } from "./compilers.js";
import { packagePaths } from "./declarations.js";
import { countRejected, parse, problemsOfTable, showErrors } from "./type-messages.js";

const root = resolve(import.meta.dirname, "../..");
const names = readdirSync(join(root, "test-d")).filter((name) => name.endsWith(".ts"));
const texts = new Map(names.map((name) => [`test-d/${name}`, readFileSync(join(root, "test-d", name), "utf8")]));
const isTable = (file: string) => file.startsWith("test-d/rejected");

/** The files as a compiler alone checks them. */
const files = new Map(
  [...texts].map(([file, text]) => [file, isTable(file) ? showErrors(text) : inTwoCalls(file, text)]),
);

const checks: Record<string, () => Promise<string[]>> = {
  tsd: withTsd,
  ...Object.fromEntries(compilers.map((compiler) => [compiler, () => withCompiler(compiler)])),
};
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(checks);
const unknown = chosen.find((name) => !(name in checks));
if (unknown) throw new Error(`there is no ${unknown}; there are ${Object.keys(checks).join(", ")}`);

console.log(`${countStatements()} statements in ${files.size} files`);
// Each is a process on one core; more than two at a time would want more memory than small machines have.
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, runChosen));

/** Runs one check after another, for as long as any is left. */
async function runChosen(): Promise<void> {
  for (let name = chosen.shift(); name !== undefined; name = chosen.shift()) {
    const start = performance.now();
    const problems = await checks[name]!();
    for (const problem of problems) console.error(problem);
    const label = name === "tsd" ? "tsd" : `TypeScript ${await versionOf(name as Compiler)}`;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${label}: ${problems.length === 0 ? "all as they should be" : `${problems.length} otherwise`}, ${seconds} s`,
    );
    if (problems.length > 0) process.exitCode = 1;
  }
}

async function withTsd(): Promise<string[]> {
  const script = join(import.meta.dirname, "tsd.ts");
  const options = { cwd: root, maxBuffer: 2 ** 26 };
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, ...texts.keys()], options);
  return stdout.split("\n").filter((line) => line !== "");
}

/** A compiler checks the same, and the messages, against the declarations that users have. */
async function withCompiler(compiler: Compiler): Promise<string[]> {
  const diagnostics = await check(compiler, files, await packagePaths());
  const tables = [...files].filter(([file]) => isTable(file));
  const inTables = tables.flatMap(([file, text]) => {
    return problemsOfTable(
      file,
      text,
      diagnostics.filter((diagnostic) => diagnostic.file === file),
    );
  });
  const others = diagnostics.filter(({ file }) => !isTable(file));
  return [...inTables, ...others.map(({ file, line, column, text }) => `${file}:${line}:${column}: ${text}`)];
}

/** Writes `expectType<T>(x)` as `expectType<T>()(x)`, for strict-tsd.ts. */
function inTwoCalls(file: string, text: string): string {
  const ends = expectations(file, text).map((call) => call.getTypeArguments().at(-1)!.getEnd() + ">".length);
  return ends.reduceRight((changed, end) => `${changed.slice(0, end)}()${changed.slice(end)}`, text);
}

function expectations(file: string, text: string) {
  const calls = parse(file, text).getDescendantsOfKind(SyntaxKind.CallExpression);
  return calls.filter((call) => call.getExpression().getText() === "expectType" && call.getTypeArguments().length > 0);
}

function countStatements(): number {
  let count = 0;
  for (const [file, text] of texts) {
    const refused = text.match(/@ts-expect-error/g)?.length ?? 0;
    count += isTable(file) ? countRejected(file, text) : expectations(file, text).length + refused;
  }
  return count;
}
