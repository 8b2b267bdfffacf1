import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandError } from "../files/command-error.js";
import { noSuchFile } from "../files/noSuchFile.js";

const source = /(?<!\.d)\.[cm]?tsx?$/;

/**
 * The files that arguments stand for: a file as it is, a folder with the TypeScript files in it and below, without
 * node_modules, hidden folders and declarations.
 *
 * @throws CommandError when there is no such file, when a file is no TypeScript, or when there are none at all
 */
export function sourceFiles(paths: readonly string[]): string[] {
  const found = new Set(paths.flatMap(filesAt));
  if (found.size === 0) throw new CommandError(`There are no TypeScript files in ${paths.join(", ")}`);
  return [...found];
}

function filesAt(path: string): string[] {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw new CommandError(noSuchFile(path));
  if (statSync(absolute).isDirectory()) return filesBelow(absolute);
  if (!isReadable(absolute) || !source.test(absolute))
    throw new CommandError(`${path} is no TypeScript file (.ts, .tsx, .mts, .cts)`);
  return [absolute];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return source.test(entry.name) && isReadable(path) ? [path] : [];
    });
}

/** Whether there is a file, be it by a link: to read from a pipe would wait for whoever writes to it. */
function isReadable(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
