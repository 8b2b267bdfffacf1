import { existsSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "./makeFolder.js";
import { removeUnfinished, unfinishedName } from "./unfinished.js";

/**
 * Writes a file whole or not at all: beside its place, then renamed into it. Makes the folders that it stands in, and removes
 * what a process that was killed while it wrote the same file has left. Where the path is a link, the file that it leads to is
 * replaced.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const [folder, name] = [dirname(target), basename(target)];
  makeFolder(folder);
  removeUnfinished(folder, name);
  const unfinished = join(folder, unfinishedName(name));
  try {
    writeFileSync(unfinished, content, { flag: "wx" });
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** Why a file could not be read or written, such as "EACCES: permission denied". */
export function reasonOf(error: unknown): string {
  // Node adds the call and the path, which here may be that of the unfinished file.
  return (error as Error).message.split(",")[0]!;
}
