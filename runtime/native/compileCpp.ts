import { dirname, join } from "node:path";
import { makeFolder } from "../files/makeFolder.js";
import { removeUnfinished, unfinishedName } from "../files/unfinished.js";
import { type FailedCompilation, forgetFailure, rememberFailure } from "./compilation-failures.js";
import type { CppSource } from "./cppSources.js";
import { reasonOf } from "./failures.js";
import type { Machine } from "./machine.js";

/** What is compiled. */
export interface Compilation {
  /** What the file's name begins with. */
  readonly name: "addon" | "kernels";
  readonly options: readonly string[];
  readonly sources: readonly CppSource[];
  /** What it is linked with. */
  readonly libraries?: readonly string[];
  readonly timeoutSeconds: number;
}

/** What compiles it. */
export interface Compiler {
  /** A program, or several words: `ccache g++`. */
  readonly command: string;
  /** A folder that holds `include/node` with Node's headers. */
  readonly headers: string;
}

/** So many files stay beside a new one: another project's version of Shapewright may load them. */
const MOST_OTHERS = 8;

/**
 * Compiles C++ to a file that Node.js loads. It is renamed into place: other processes may be about to load it, or make it, too. A failure
 * is given, and remembered beside where the file would be.
 */
export function compileCpp(
  compiler: Compiler,
  { name, options, sources, libraries = [], timeoutSeconds }: Compilation,
  file: string,
  machine: Machine,
): FailedCompilation | undefined {
  const { files } = machine;
  const folder = dirname(file);
  makeFolder(folder, files);
  removeUnfinished(folder, name, files);
  const built = join(folder, unfinishedName(name));
  const paths = sources.map(({ path }) => path).filter((path) => path.endsWith(".cc"));
  const args = [...options, "-I", join(compiler.headers, "include", "node"), ...paths, "-o", built, ...libraries];
  const [program, ...words] = wordsOf(compiler.command, machine);
  const outcome = machine.run(program!, [...words, ...args], { timeoutSeconds });
  const isBuilt = outcome.status === 0 && files.existsSync(built);
  if (isBuilt) {
    files.renameSync(built, file);
    forgetFailure(file, machine);
    removeOldest(folder, name, file, machine);
  }
  files.rmSync(built, { force: true });
  return isBuilt ? undefined : rememberFailure(file, { ...compiler, reason: reasonOf(outcome) }, machine);
}

/** A path is one word, whatever is in it. */
function wordsOf(command: string, { files }: Machine): string[] {
  return files.existsSync(command) ? [command] : command.trim().split(/\s+/);
}

/** Removes what was compiled longest ago of other sources, or for other processors. */
function removeOldest(folder: string, name: string, file: string, { files }: Machine): void {
  const others = files
    .readdirSync(folder)
    .filter((found) => found.startsWith(`${name}-`) && found.endsWith(".node") && join(folder, found) !== file)
    .map((found) => ({ path: join(folder, found), time: files.statSync(join(folder, found)).mtimeMs }));
  others.sort((a, b) => b.time - a.time);
  for (const { path } of others.slice(MOST_OTHERS)) files.rmSync(path, { force: true });
}
