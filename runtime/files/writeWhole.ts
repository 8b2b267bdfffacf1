import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Writes a file whole or not at all: beside its place, then renamed into it. Makes the folders that it stands in. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = join(dirname(path), `.${basename(path)}-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    writeFileSync(unfinished, content, { flag: "wx" });
    renameSync(unfinished, path);
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
