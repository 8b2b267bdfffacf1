import { relative } from "node:path";
import type { Finding, Fix } from "../finding.js";
import { changedLines } from "./changed-lines.js";
import { reading } from "./reading-texts.js";

/** What is printed, in any of the formats. */
export interface Report {
  readonly findings: readonly Finding[];
  /** All files that were checked. */
  readonly files: readonly string[];
  /** The folder that paths are shown from. */
  readonly root: string;
  /** Texts of files that were checked otherwise than they are on the disk. */
  readonly texts?: ReadonlyMap<string, string>;
}

/** A path as it is shown: from the root, with slashes. What is wrong with the options has none. */
export function shownPath({ root }: Report, file: string): string {
  return file && relative(root, file).replaceAll("\\", "/");
}

/** The fix in words: a colon at their end only where code follows. */
export function fixWords({ words, edits }: Fix): string {
  return edits.length === 0 ? words.replace(/:$/, ".") : words;
}

/** What is wrong and what to write instead, in a few lines of plain text, for places that have no room for more. */
export function inShort({ message, explained }: Finding, report: Report): string {
  if (!explained) return message;
  const { what, fix } = explained;
  const code = changedLines(fix.edits, reading(report)).flatMap(({ sign, text }) =>
    sign === "+" ? [`    ${text.trim()}`] : [],
  );
  return [what, `Fix: ${fixWords(fix)}`, ...code].join("\n");
}

/** What kind of mistake it is. */
export function titleOf({ rule, explained }: Finding): string {
  return explained?.title ?? `TypeScript: ${rule}`;
}
