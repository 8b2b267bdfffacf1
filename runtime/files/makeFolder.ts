import * as fs from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder, and those that it stands in, where they are not there. One by one: Node's recursive call tries for ever where a file
 * system that lets nobody make folders says ENOENT, as /proc does.
 *
 * @returns the outermost folder that was made, if any
 */
export function makeFolder(path: string, files: typeof fs = fs): string | undefined {
  const missing: string[] = [];
  for (let at = resolve(path); !files.existsSync(at); at = dirname(at)) missing.unshift(at);
  // A file in its place is refused.
  if (missing.length === 0) files.mkdirSync(path, { recursive: true });
  for (const folder of missing) {
    try {
      files.mkdirSync(folder);
    } catch (error) {
      // Another process may have made it meanwhile.
      if (!files.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  }
  return missing[0];
}
