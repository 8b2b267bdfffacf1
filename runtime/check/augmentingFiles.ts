import { readFileSync } from "node:fs";

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
    const text = readFileSync(file, "utf8");
    return augments.test(text) || !isModule.test(text);
  });
}
