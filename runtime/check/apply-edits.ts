import type { Edit } from "./finding.js";

/** A file's text with edits made in it. Those at one place are made in the order in which they are given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const inOrder = edits.toSorted((a, b) => a.start - b.start);
  let result = "";
  let done = 0;
  for (const { start, end, text: inserted } of inOrder) {
    result += text.slice(done, start) + inserted;
    done = Math.max(done, end);
  }
  return result + text.slice(done);
}
