import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError } from "./command-error.js";

/** The folder of this package: its package.json stands above this file at another height in the sources than in the package. */
export function ownFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  let folder = from;
  while (!existsSync(join(folder, "package.json"))) {
    if (dirname(folder) === folder)
      throw new CommandError(`there is no package.json of Shapewright's above ${from}; install the package whole`, 1);
    folder = dirname(folder);
  }
  return folder;
}
