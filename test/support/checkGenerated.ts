import { type Compiler, check, type Diagnostic } from "../tools/compilers.js";
import { packagePaths } from "../tools/declarations.js";

/** Checks generated code with a compiler, as in a project that has the package: against its declarations. */
export async function checkGenerated(compiler: Compiler, files: ReadonlyMap<string, string>): Promise<Diagnostic[]> {
  return check(compiler, files, await packagePaths());
}
