import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "./isAlive.js";

/** A name for what is put together beside the place of `name` and renamed into it: it tells which process of which host does. */
export function unfinishedName(name: string): string {
  return `${prefixOf(name)}${process.pid}-${randomBytes(4).toString("hex")}`;
}

/** Removes what processes of this host that were killed have left behind in a folder of what was to become `name`. */
export function removeUnfinished(folder: string, name: string, files: typeof fs = fs): void {
  if (!files.existsSync(folder)) return;
  for (const found of files.readdirSync(folder)) {
    if (!found.startsWith(prefixOf(name))) continue;
    const pid = /^(\d+)-[0-9a-f]+$/.exec(found.slice(prefixOf(name).length))?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) files.rmSync(join(folder, found), { recursive: true, force: true });
  }
}

function prefixOf(name: string): string {
  return `.${name}-${hostname()}-`;
}
