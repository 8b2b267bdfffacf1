import { rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWhole } from "../files/writeWhole.js";
import type { PlannedFile } from "./plan.js";

/** Writes what is missing or stale, each file whole or not at all, and removes what is superfluous. */
export function carryOut(out: string, plan: readonly PlannedFile[]): void {
  for (const { path, state, content } of plan) {
    if (content && state !== "unchanged") writeWhole(join(out, path), content);
    if (state === "superfluous") remove(out, path);
  }
}

/** Removes a file, and its folder below the output folder where nothing else is in it. */
function remove(out: string, path: string): void {
  rmSync(join(out, path), { force: true });
  if (dirname(path) === ".") return;
  try {
    rmdirSync(join(out, dirname(path)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
  }
}
