import { readFileSync } from "node:fs";
import { join } from "node:path";
import { didYouMean } from "../../../src/ir/nearest.js";
import { wrapped } from "../../check/format/wrapped.js";
import { CommandError } from "../../files/command-error.js";
import { ownFolder } from "../../files/ownFolder.js";
import type { Terminal } from "../terminal.js";

/** What is a code of ours, rather than a file. */
export const errorCode = /^SW_[A-Z_]+$/;

/**
 * What docs/errors.md says of an error or a warning: its cause, a program that brings it about, what that says, and the cure.
 *
 * @throws CommandError for a code that there is not
 */
export function errorEntry(code: string, { columns, style }: Pick<Terminal, "columns" | "style">): string {
  const text = readFileSync(join(ownFolder(), "docs/errors.md"), "utf8");
  const entries = new Map(
    [...text.matchAll(/^##+ (SW_\w+)\n+([\s\S]*?)(?=\n##|(?![\s\S]))/gm)].map(([, of, entry]) => [of!, entry!]),
  );
  // Those of the native library have a line of a table each.
  for (const [, of, cause, cure] of text.matchAll(/^\| `(SW_\w+)` \| (.*?) \| (.*?) \|$/gm)) {
    entries.set(of!, `${cause}\n\n${cure}`);
  }
  const entry = entries.get(code);
  if (entry === undefined) {
    throw new CommandError(`there is no error and no warning ${code}.${didYouMean(code, [...entries.keys()])}`);
  }
  // Every other part is a program, or what it says.
  const parts = entry.split(/^```\w*\n([\s\S]*?)^```$/gm).flatMap((part, i) => {
    if (i % 2 === 1) return [part.trimEnd().replaceAll(/^(?=.)/gm, "  ")];
    const paragraphs = part.trim().split(/\n{2,}/);
    return paragraphs.map((paragraph) => wrapped(paragraph.replaceAll("\n", " "), columns).join("\n"));
  });
  return [style("bold", code), ...parts.filter((part) => part !== "")].join("\n\n");
}
