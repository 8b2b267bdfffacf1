import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Entry } from "./file-system.js";

/** What stands in a folder, in no order. */
export function listFolder(path: string): Entry[] {
  return readdirSync(path, { withFileTypes: true }).map((entry) => {
    const { name } = entry;
    const isLink = entry.isSymbolicLink();
    const target = isLink ? statSync(join(path, name), { throwIfNoEntry: false }) : entry;
    return { name, kind: target?.isDirectory() ? "folder" : "file", isLink };
  });
}
