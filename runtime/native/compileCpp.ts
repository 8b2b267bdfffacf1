import { dirname, join } from "node:path";
import { makeFolder } from "../files/makeFolder.js";
import { removeUnfinished, unfinishedName } from "../files/unfinished.js";
import type { CppSource } from "./cppSources.js";
import type { Machine } from "./machine.js";

/** What is compiled. */
export interface Compilation {
  /** What the file is called while it is being made. */
  readonly name: string;
  readonly options: readonly string[];
  readonly sources: readonly CppSource[];
  /** What it is linked with. */
  readonly libraries?: readonly string[];
  /** A folder that holds `include/node` with Node's headers. */
  readonly headers: string;
  readonly timeoutSeconds: number;
}

/** Compiles C++ to a file that Node.js loads. It is renamed into place: other processes may be about to load it, or make it, too. */
export function compileCpp(
  compiler: string,
  { name, options, sources, libraries = [], headers, timeoutSeconds }: Compilation,
  file: string,
  machine: Machine,
): void {
  const { files } = machine;
  const folder = dirname(file);
  makeFolder(folder, files);
  removeUnfinished(folder, name, files);
  const built = join(folder, unfinishedName(name));
  const paths = sources.map(({ path }) => path).filter((path) => path.endsWith(".cc"));
  const args = [...options, "-I", join(headers, "include", "node"), ...paths, "-o", built, ...libraries];
  const { status } = machine.run(compiler, args, { timeoutSeconds });
  if (status === 0 && files.existsSync(built)) files.renameSync(built, file);
  files.rmSync(built, { force: true });
}
