import { checkFiles } from "./diagnose.js";
import { formatGithub } from "./format/github.js";
import { formatJson } from "./format/json.js";
import type { Report } from "./format/report.js";
import { formatSarif } from "./format/sarif.js";
import { formatText, type Layout } from "./format/text.js";
import { sourceFiles } from "./source-files.js";

/** What `shapewright check` finds in files and folders. */
export function report(paths: readonly string[], root: string): Report {
  const files = sourceFiles(paths);
  return { findings: checkFiles(files), files, root };
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
