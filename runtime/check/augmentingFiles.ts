import { ts } from "ts-morph";

/** What a file may say of other files: a module of theirs gets more, or what is global does. */
const augments = /\bdeclare\s+(?:global\b|module\s*["'])/;

/** Without these a file is a script, of which everything is global. */
const isModule = /\b(?:import|export)\b/;

/**
 * Those of a project's files that hold for all its other files, though none imports them: declarations, those with `declare global` or
 * `declare module "…"`, and scripts that declare something.
 */
export function augmentingFiles(files: readonly string[]): string[] {
  return files.filter((file) => {
    if (/\.d\.[cm]?ts$/.test(file)) return true;
    if (!/\.[cm]?tsx?$/.test(file)) return false;
    const text = ts.sys.readFile(file);
    // One that is listed and not there, as what is generated is not at first, is no matter of the files that are checked.
    if (text === undefined) return false;
    return augments.test(text) || !isModule.test(text);
  });
}
