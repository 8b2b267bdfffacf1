import { findingsOf } from "./diagnose.js";
import { formatGithub } from "./format/github.js";
import { formatJson } from "./format/json.js";
import type { Report } from "./format/report.js";
import { formatSarif } from "./format/sarif.js";
import { formatText, type Layout } from "./format/text.js";
import { type Mended, mend } from "./mend.js";
import { type OpenedProgram, openPrograms } from "./open-program.js";
import { saidOnce } from "./saidOnce.js";
import { sourceFiles } from "./source-files.js";
import { withResults } from "./withResults.js";

/** What `shapewright check` finds in files and folders. */
export function report(paths: readonly string[], root: string): Report {
  const files = sourceFiles(paths);
  return reportOf(openPrograms(files), files, root);
}

/** What is wrong in files that are opened, with what the fixes lead to where there are several. */
export function reportOf(opened: readonly OpenedProgram[], files: readonly string[], root: string): Report {
  return { findings: withResults(opened, saidOnce(findingsOf(opened, files))), files, root };
}

/** What `shapewright check --fix` changes, and what it leaves. */
export function mended(paths: readonly string[], root: string): { mended: Mended; left: Report } {
  const files = sourceFiles(paths);
  const result = mend(files);
  return { mended: result, left: { findings: saidOnce(result.left), files, root, texts: result.texts } };
}

/** A report as text, in one of the formats. */
export function print(
  report: Report,
  format: "text" | "github" | "sarif" | "json",
  layout: Layout & { readonly version: string },
): string {
  if (format === "github") return formatGithub(report);
  if (format === "sarif") return formatSarif(report, layout.version);
  return format === "json" ? formatJson(report) : formatText(report, layout);
}

export { formatHtml } from "./format/html.js";
export { formatMended } from "./format/mended.js";
export { watchFiles } from "./watchFiles.js";
export { writeMended } from "./writeMended.js";
