import type { Fix } from "../finding.js";
import { type Report, shownPath, titleOf } from "./report.js";

/** One line of JSON: `{ files, mistakes: [{ rule, title, file, line, …, what, chains, fix }] }`. */
export function formatJson(report: Report): string {
  const mistakes = report.findings.map((finding) => {
    const { rule, place, message, explained } = finding;
    const { line, column, endLine, endColumn } = place;
    const file = shownPath(report, place.file);
    const found = { rule, title: titleOf(finding), file, line, column, endLine, endColumn, message };
    if (!explained) return found;
    const { what, chains, fix, others } = explained;
    const shown = (fix: Fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, file: shownPath(report, edit.file) })),
    });
    return { ...found, what, chains, fix: shown(fix), ...(others && { others: others.map(shown) }) };
  });
  return JSON.stringify({ files: report.files.length, mistakes });
}
