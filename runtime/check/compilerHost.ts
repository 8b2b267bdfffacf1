import { ts } from "ts-morph";
import { withStandardLibrary } from "./standard-library.js";
import { withPlugAndPlay } from "./withPlugAndPlay.js";

/** Reads files from the disk, packages as npm and Yarn have them, and TypeScript's own declarations. */
export function compilerHost(options: ts.CompilerOptions): ts.CompilerHost {
  return withStandardLibrary(withPlugAndPlay(ts.createCompilerHost(options)), options);
}
