import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { didYouMean } from "../../src/ir/nearest.js";

/** The message for a file that is not there, with the nearest name that is. */
export function noSuchFile(path: string): string {
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) return `There is no folder ${relative(process.cwd(), folder) || folder}`;
  if (existsSync(path)) return `${path} is a folder, not a file`;
  return `There is no file ${path}.${didYouMean(basename(path), readdirSync(folder))}`;
}
