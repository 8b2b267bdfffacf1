import { inShort, type Report, shownPath, titleOf } from "./report.js";

/**
 * GitHub's workflow commands: each makes an annotation on the line, in the pull request.
 * Source: GitHub Actions, "Workflow commands"; what is escaped follows actions/toolkit's `command.ts`.
 */
export function formatGithub(report: Report): string {
  return report.findings
    .map((finding) => {
      const { line, column, endLine, endColumn, file } = finding.place;
      const properties: Record<string, string | number> = { file: shownPath(report, file), line, endLine };
      // GitHub takes columns only where the range is within one line.
      if (line === endLine) Object.assign(properties, { col: column, endColumn });
      properties.title = titleOf(finding);
      const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
      return `::error ${list.join(",")}::${escapeData(inShort(finding, report))}`;
    })
    .join("\n");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
