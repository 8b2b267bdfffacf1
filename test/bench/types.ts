import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type NewestEditor, newestEditor } from "../support/newestEditor.js";
import { bundleDeclarations } from "../tools/bundleDeclarations.js";
import { type Editor, editor } from "../tools/editor.js";
import { packageDeclarations } from "../tools/packageDeclarations.js";
import { median } from "./measure.js";
import type { BenchOptions } from "./options.js";
import { type Checked, mostInstantiations, programs } from "./type-programs.js";

/** What it costs to type-check one program. Nothing is subtracted. */
export interface TypeCost {
  readonly instantiations: number;
  readonly checkSeconds: number;
  readonly errors: number;
  /** How long an editor takes to show the last layer's type after a change above it, by the language service in JavaScript, TypeScript 6.0. */
  readonly hoverMilliseconds?: number;
  /** The same by the language server of the newest TypeScript. */
  readonly hoverNewestMilliseconds?: number;
}

/**
 * Type-checks written-out models with the newest TypeScript, in a project as a user has it: `shapewright` stands in
 * its node_modules as it is published, with declaration files.
 */
export async function types({ runs }: BenchOptions): Promise<Record<keyof typeof programs, TypeCost>> {
  const project = mkdtempSync(join(tmpdir(), "shapewright-bench-types-"));
  try {
    layOut(project);
    const costs = {} as Record<keyof typeof programs, TypeCost>;
    for (const [name, program] of Object.entries<Checked>(programs)) {
      const { errors, hover, checkLibraries } = program;
      const cost = check(project, name, program, runs);
      console.log(`${name}: ${cost.instantiations} instantiations, ${cost.checkSeconds} s, ${cost.errors} errors`);
      if (cost.errors !== errors) throw new Error(`${name}: ${cost.errors} errors, but there must be ${errors}`);
      if (!checkLibraries && cost.instantiations > mostInstantiations)
        throw new Error(`${name}: ${cost.instantiations} instantiations, but ${mostInstantiations} are the most`);
      costs[name as keyof typeof programs] = hover ? { ...cost, ...(await timeHovers(project, program)) } : cost;
    }
    return costs;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** A project that has installed the package, of which nothing but the declarations is needed. */
function layOut(project: string): void {
  const installed = join(project, "node_modules", "shapewright");
  mkdirSync(installed, { recursive: true });
  copyFileSync(join(repository, "package.json"), join(installed, "package.json"));
  const dist = join(installed, "dist");
  // What package.json's "imports" name stands elsewhere than in this folder: the sources' names for it are taken.
  const settings = ["--emitDeclarationOnly", "--outDir", dist, "--customConditions", "shapewright-source"];
  const build = tsc(repository, ["-p", "tsconfig.build.json", ...settings]);
  if (build.errors > 0) throw new Error(`The package does not build:\n${build.output}`);
  bundleDeclarations(dist, packageDeclarations);
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
}

function check(project: string, name: string, { source, checkLibraries = false }: Checked, runs: number): TypeCost {
  const file = `${name}.ts`;
  writeFileSync(join(project, file), source);
  const settings = [
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--skipLibCheck",
    String(!checkLibraries),
  ];
  // One checker, so that work is not counted twice.
  const once = () => tsc(project, [file, ...settings, "--singleThreaded", "--extendedDiagnostics"]);
  const results = Array.from({ length: runs }, once);
  for (const line of results[0]!.output.split("\n").filter((text) => text.includes("error TS")))
    console.log(`  ${line}`);
  return {
    instantiations: results[0]!.figure("Instantiations"),
    checkSeconds: median(results.map((result) => result.figure("Check time"))),
    errors: results[0]!.errors,
  };
}

/** A hover's time in both services. */
async function timeHovers(project: string, program: Checked) {
  const { source, hover = "" } = program;
  const old = editor(source, project, { customConditions: [] });
  const hoverMilliseconds = await leastHover(old, program);
  const newest = await newestEditor(source, project);
  const hoverNewestMilliseconds = await leastHover(newest, program);
  await newest.quit();
  console.log(`  hover on ${hover} …: ${hoverMilliseconds} ms, TypeScript 7 ${hoverNewestMilliseconds} ms`);
  return { hoverMilliseconds, hoverNewestMilliseconds };
}

/**
 * The least of nine hovers, each after something was typed at the program's beginning: all of the program is checked anew, as far as the
 * hover needs it.
 */
async function leastHover(file: Pick<Editor | NewestEditor, "write" | "hover">, { source, hover = "" }: Checked) {
  await file.hover(hover);
  let least = Number.POSITIVE_INFINITY;
  for (let typed = 1; typed <= 9; typed++) {
    file.write(`${" ".repeat(typed)}${source}`);
    const start = performance.now();
    const shown = await file.hover(hover);
    least = Math.min(least, performance.now() - start);
    if (!shown.includes("Tensor<") && !shown.includes("Layer<")) throw new Error(`the hover is ${shown}`);
  }
  return Math.round(least);
}

/** Runs the newest TypeScript. */
function tsc(folder: string, parameters: readonly string[]) {
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, ...parameters], { cwd: folder, encoding: "utf8" });
  const output = stdout + stderr;
  return {
    output,
    errors: output.match(/error TS\d+/g)?.length ?? 0,
    figure(name: string): number {
      const found = new RegExp(`^${name}:\\s*([\\d.]+)`, "m").exec(output);
      if (!found) throw new Error(`tsc did not report "${name}":\n${output}`);
      return Number(found[1]);
    },
  };
}
