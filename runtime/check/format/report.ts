import { relative } from "node:path";
import type { Finding } from "../finding.js";

/** What is printed, in any of the formats. */
export interface Report {
  readonly findings: readonly Finding[];
  /** All files that were checked. */
  readonly files: readonly string[];
  /** The folder that paths are shown from. */
  readonly root: string;
}

/** A path as it is shown: from the root, with slashes. */
export function shownPath({ root }: Report, file: string): string {
  return relative(root, file).replaceAll("\\", "/");
}

/** What is wrong and what to write instead, in a few lines of plain text, for places that have no room for more. */
export function inShort({ message, explained }: Finding): string {
  return explained ? `${explained.what}\nFix: ${explained.fix.words}` : message;
}

/** What kind of mistake it is. */
export function titleOf({ rule, explained }: Finding): string {
  return explained?.title ?? `TypeScript: ${rule}`;
}
