import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "./makeFolder.js";
import { removeUnfinished, unfinishedName } from "./unfinished.js";
import { whereLinksLead } from "./whereLinksLead.js";

/** Node writes less than 2 GiB in one call. */
const most = 2 ** 30;

/**
 * Writes a file whole or not at all: beside its place, then, when the disk has it, renamed into it. Makes the folders that it stands in,
 * and removes what a process that was killed while it wrote the same file has left. Where the path is a link, the file that it leads to
 * is replaced, or made.
 *
 * @param content the file, or its parts one after the other
 */
export function writeWhole(path: string, content: string | Uint8Array | readonly Uint8Array[]): void {
  const former = statSync(path, { throwIfNoEntry: false });
  // Where a pipe or a device stands, a file would take its place.
  if (former && !former.isFile() && !former.isDirectory()) throw new Error("EINVAL: not a regular file");
  const target = whereLinksLead(path);
  const [folder, name] = [dirname(target), basename(target)];
  makeFolder(folder);
  removeUnfinished(folder, name);
  const unfinished = join(folder, unfinishedName(name));
  try {
    const parts = typeof content === "string" ? [Buffer.from(content)] : Array.isArray(content) ? content : [content];
    writeParts(unfinished, parts as readonly Uint8Array[]);
    if (former) chmodSync(unfinished, former.mode);
    renameSync(unfinished, target);
    syncFolder(folder);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function writeParts(path: string, parts: readonly Uint8Array[]): void {
  const file = openSync(path, "wx");
  try {
    for (const part of parts) {
      for (let done = 0; done < part.length; ) {
        done += writeSync(file, part, done, Math.min(most, part.length - done));
      }
    }
    // A name that leads to bytes which no disk has is worse, after a power failure, than the former file.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Has the disk know the new name, where folders can be asked to: on Windows they can't. */
function syncFolder(folder: string): void {
  let opened: number | undefined;
  try {
    opened = openSync(folder, "r");
    fsyncSync(opened);
  } catch {
    // The file is there and whole; only after a power failure may its name lead to the former one.
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** Why a file could not be read or written, such as "EACCES: permission denied". */
export function reasonOf(error: unknown): string {
  // Node adds the call and the path, which here may be that of the unfinished file.
  return (error as Error).message.split(",")[0]!;
}
