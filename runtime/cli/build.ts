import { statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { Command } from "commander";
import { predictionGraph } from "../../compiler/predictionGraph.js";
import type { CompileWarning } from "../../compiler/warnings/warning.js";
import { warningsOf } from "../../compiler/warnings/warningsOf.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { Artifact } from "../build/artifacts.js";
import { carryOut } from "../build/carryOut.js";
import type { Export } from "../build/export.js";
import type { Drawn } from "../build/initialValues.js";
import { conflictOf, type FileState, planBuild } from "../build/plan.js";
import { CommandError } from "../files/command-error.js";
import { reasonOf } from "../files/writeWhole.js";
import { type ChosenExports, fileArgument, loadExports } from "./model-file.js";
import { shellWord } from "./shellWord.js";
import { type Terminal, thisTerminal } from "./terminal.js";

export interface BuildOptions {
  readonly out: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** The command `shapewright build`. */
export function buildCommand(): Command {
  return new Command("build")
    .addArgument(fileArgument())
    .requiredOption("--out <folder>", "the folder to write to")
    .option("--check", "write nothing; exit with 1 if anything in the folder is not as it would be written")
    .option("--json", "print the report as JSON")
    .addHelpText("after", `${help}\n`)
    .action(async (file: string, options: BuildOptions) => {
      process.exitCode = await build(file, options, thisTerminal());
    });
}

const help = `
For every export NAME that is a model or a program, or for the one that
FILE#NAME names:
  NAME.train.ts        one training step as TypeScript to read, of a program
  NAME.predict.ts      the prediction as TypeScript to read
  NAME/saved_model.pb  a SavedModel with the initial weights, for TensorFlow
                       and tfjs-node
  NAME.manifest.json   shapes, dtypes, parameters, hashes of graphs and files

What is unchanged is not touched. What was built of an export that is gone is
removed.

Examples:
  shapewright build model.ts --out generated
  shapewright build model.ts#digits --out generated
  shapewright build model.ts --out generated --check   # in CI`;

/** Builds a file's exports, or the one that is named, into a folder, or checks that this was done, and gives the exit code. */
export async function build(target: string, options: BuildOptions, terminal: Terminal): Promise<number> {
  const { out, check = false, json = false } = options;
  onDisk(out, () => checkFolder(out));
  const loaded = await loadExports(target);
  const { path: file, chosen, name } = loaded;
  checkNames(file, chosen);
  const source = relative(out, file).split(sep).join("/");
  onDisk(out, () => checkConflicts(out, source, chosen));
  for (const { message } of warningsOfModels(loaded)) {
    terminal.err(terminal.styleError("yellow", `shapewright: ${message}`));
  }
  // All of it before anything is written: when one export fails, the files of the others stay as they are.
  const built: Artifact[] = [];
  const drawn: Drawn = new Map();
  for (const found of chosen) built.push(...(await artifacts(file, found, source, drawn)));
  const plan = onDisk(out, () => planBuild(out, source, built, name));
  if (!check) onDisk(out, () => carryOut(out, plan));

  const upToDate = plan.every(isUnchanged);
  const files = plan.map(({ path, state }) => ({ path, state: check ? state : outcomes[state] }));
  if (json) terminal.out(JSON.stringify({ source: file, out, upToDate, files }));
  else {
    const [same, others] = [files.filter(isUnchanged), files.filter((entry) => !isUnchanged(entry))];
    for (const { path, state } of others) {
      terminal.out(`${terminal.style(colors[state], state.padEnd(11))}  ${join(out, path)}`);
    }
    if (same.length > 0) terminal.out(`unchanged    ${same.length} files in ${out}`);
    if (check && !upToDate) terminal.out(`Run: npx shapewright build ${shellWord(target)} --out ${shellWord(out)}`);
  }
  return check && !upToDate ? 1 : 0;
}

/** The probable mistakes in models that no program is made of; `compile` has told those of the others. */
function warningsOfModels({ exports, chosen }: ChosenExports): CompileWarning[] {
  const compiled = new Set(exports.flatMap(({ kind, model }) => (kind === "program" ? [model] : [])));
  const alone = chosen.filter(({ model }) => !compiled.has(model));
  return alone.flatMap(({ model }) => {
    const predict = predictionGraph(model);
    return warningsOf({
      model,
      judged: [],
      answers: [],
      sources: { evaluate: predict, predict },
      gradientOf: new Map(),
    });
  });
}

/** What a build has done to a file, by what it was before. */
const outcomes = { unchanged: "unchanged", missing: "written", stale: "written", superfluous: "removed" } as const;

const colors = {
  unchanged: "gray",
  written: "green",
  removed: "yellow",
  missing: "red",
  stale: "red",
  superfluous: "yellow",
} as const satisfies Record<FileState | (typeof outcomes)[FileState], string>;

function isUnchanged({ state }: { readonly state: string }): boolean {
  return state === "unchanged";
}

async function artifacts(file: string, found: Export, source: string, drawn: Drawn): Promise<Artifact[]> {
  // It brings TypeScript's compiler with it, which takes a while to load and which no other command is to wait for.
  const { artifactsOf } = await import("../build/artifacts.js");
  try {
    return artifactsOf(found, source, drawn);
  } catch (error) {
    if (!(error instanceof ShapewrightError) || error.code === "SW_INTERNAL") throw error;
    throw new CommandError(`${file}#${found.name}: ${error.message}`, 1, error.code);
  }
}

/** Runs what reads or writes the output folder. What fails there is the user's to mend, so it is told without a stack. */
function onDisk<R>(out: string, run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new CommandError(`${out} cannot be used: ${reasonOf(error)}`, 1);
  }
}

function checkFolder(out: string): void {
  if (out.trim() === "") throw new CommandError('--out: "" is not the path of a folder; write one, such as generated');
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  throw new CommandError(`--out: ${out} is a file, not a folder`);
}

function checkConflicts(out: string, source: string, exports: readonly Export[]): void {
  for (const { name } of exports) {
    const conflict = conflictOf(out, source, name);
    if (conflict !== undefined) throw new CommandError(conflict, 1);
  }
}

/** Refuses exports that cannot have files of their own. */
function checkNames(file: string, exports: readonly Export[]): void {
  const seen = new Map<string, string>();
  for (const { name } of exports) {
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
      throw new CommandError(`${file}: no file can be named after the export ${JSON.stringify(name)}; rename it`, 1);
    }
    if (/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name)) {
      const message = `${file}: Windows has no files that are named after the export "${name}"; rename it`;
      throw new CommandError(message, 1);
    }
    const other = seen.get(name.normalize("NFC").toLowerCase());
    if (other !== undefined) {
      const message = `${file}: the exports "${other}" and "${name}" differ in case alone, which many file systems do not tell apart; rename one`;
      throw new CommandError(message, 1);
    }
    seen.set(name.normalize("NFC").toLowerCase(), name);
  }
}
