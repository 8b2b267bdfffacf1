import { existsSync, statSync } from "node:fs";
import { extname, resolve } from "node:path";
import { Argument } from "commander";
import { kindOf } from "../../compiler/kindOf.js";
import type { Program } from "../../compiler/program.js";
import { didYouMean } from "../../src/ir/nearest.js";
import type { Model } from "../../src/model.js";
import type { Export } from "../build/export.js";
import { CommandError } from "../files/command-error.js";
import { noSuchFile } from "../files/noSuchFile.js";
import { readModel } from "../model-file/readModel.js";
import { type ImportedModule, importModule } from "./importModule.js";
import { codeOf, loadFailure, placesIn } from "./loadFailure.js";
import { folded, thisTerminal } from "./terminal.js";

/** What a command that runs a file says of it. */
export function fileArgument(): Argument {
  return new Argument("<file>", "a source file, or FILE#NAME for one of its exports; where it trains is left out");
}

/** What a command says of it that looks at a program. */
export function programArgument(): Argument {
  const saved = "or a model that saveModel wrote";
  return new Argument("<file>", `${fileArgument().description}; ${saved}`);
}

/** A source file with the models and programs that it exports, in the order of their names. */
export interface ModelFile {
  readonly path: string;
  readonly exports: readonly Export[];
}

/**
 * Runs a TypeScript or JavaScript file and finds the models and programs among its exports. What the file prints while it
 * is loaded goes to stderr: stdout is for results.
 *
 * @throws CommandError when there is no such file, when it fails to load, or when it exports nothing of ours
 */
async function loadModelFile(path: string): Promise<ModelFile> {
  const absolute = existing(path);
  if (!isSource(path))
    throw new CommandError(`${path} is no source file (.ts, .js): name the one that exports the program`);
  const { exports, heldOff } = await importFile(absolute, path);
  const found = Object.entries(exports)
    .flatMap(([name, value]) => exportOf(name, value) ?? [])
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const from = heldOff === undefined ? undefined : (placesIn(heldOff)[0] ?? path);
  if (found.length === 0) {
    const others = Object.keys(exports);
    const exported = others.length === 0 ? "nothing" : others.map((name) => `"${name}"`).join(", ");
    const why =
      from === undefined
        ? ` (it exports ${exported})`
        : ` before it opens a session, at ${from}: commands train nothing`;
    throw new CommandError(`${path} exports no model and no program${why}; write: export const program = compile(…)`);
  }
  if (from !== undefined) {
    const { err, styleError } = thisTerminal();
    const what = `what ${path} does from ${from} on, where it opens a session, was left out: commands train nothing`;
    err(styleError("gray", folded(`shapewright: ${what}`, process.stderr)));
  }
  return { path, exports: found };
}

function existing(path: string): string {
  const absolute = resolve(path);
  if (!existsSync(absolute) || !statSync(absolute).isFile()) throw new CommandError(noSuchFile(path));
  return absolute;
}

/** Whether it is loaded as a module: also without an extension, as far as Node.js does. */
function isSource(path: string): boolean {
  return /^(\.[cm]?[jt]sx?|)$/.test(extname(path));
}

/** A source file with what is meant of its exports. */
export interface ChosenExports extends ModelFile {
  readonly chosen: readonly Export[];
  /** The name of the only one that is meant, where it was said. */
  readonly name?: string;
}

/**
 * What `FILE#NAME` means: the export of that name; or `FILE`: all that it exports. A file with a "#" in its own name is taken by that name.
 *
 * @throws CommandError when there is no such file or export
 */
export async function loadExports(target: string): Promise<ChosenExports> {
  const mark = existsSync(target) ? -1 : target.lastIndexOf("#");
  if (mark < 0) {
    const file = await loadModelFile(target);
    return { ...file, chosen: file.exports };
  }
  const [path, name] = [target.slice(0, mark), target.slice(mark + 1)];
  const { exports } = await loadModelFile(path);
  const found = exports.find((candidate) => candidate.name === name);
  if (found) return { path, exports, chosen: [found], name };
  const names = exports.map((candidate) => candidate.name);
  throw new CommandError(
    `${path} exports no model or program named "${name}"; there are ${names.join(", ")}.${didYouMean(name, names)}`,
  );
}

/** What a command looks at: an export, or what a file of `saveModel` holds. */
export type LoadedExport = Export & {
  readonly path: string;
  /** What it is called where a command speaks of it. */
  readonly title: string;
  /** Whether it came without its source, so that its values stand in the file. */
  readonly isSaved: boolean;
};

/**
 * The one export that is meant: the one of that name; without a name, the file's only program, or its only model. Of another file than a
 * source, the program that `saveModel` has written there.
 *
 * @throws CommandError when there is none, or when there are several and none was named
 */
export async function loadExport(target: string): Promise<LoadedExport> {
  if (existsSync(target) && !isSource(target)) return savedProgram(target);
  const { path, chosen } = await loadExports(target);
  const programs = chosen.filter(({ kind }) => kind === "program");
  const candidates = programs.length > 0 ? programs : chosen;
  const [first] = candidates;
  if (candidates.length === 1) return { ...first!, path, title: `${path}#${first!.name}`, isSaved: false };
  const choices = candidates.map((candidate) => `${path}#${candidate.name}`).join(", ");
  throw new CommandError(`${path} exports several; say which: ${choices}`);
}

async function savedProgram(path: string): Promise<LoadedExport> {
  existing(path);
  const { program } = await readModel("loadModel", path).catch((error: Error) => {
    throw new CommandError(error.message, 1, codeOf(error));
  });
  return { path, title: path, isSaved: true, name: "program", kind: "program", model: program.model, program };
}

async function importFile(absolute: string, path: string): Promise<ImportedModule> {
  const { argv, stdout } = process;
  const { write } = stdout;
  // What the command line says is for the command: the file is given no arguments.
  process.argv = argv.slice(0, 2);
  stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  try {
    return await importModule(absolute);
  } catch (error) {
    throw new CommandError(`${path} could not be loaded: ${loadFailure(error)}`, 1, codeOf(error));
  } finally {
    stdout.write = write;
    process.argv = argv;
  }
}

function exportOf(name: string, value: unknown): Export | undefined {
  const kind = kindOf(value);
  if (kind === "model") return { name, kind, model: value as Model<any, any> };
  return kind && { name, kind, model: (value as Program).model, program: value as Program };
}
