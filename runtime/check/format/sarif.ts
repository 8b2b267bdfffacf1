import type { Log, ReportingDescriptor, Result, Fix as SarifFix } from "sarif";
import type { Edit, Finding } from "../finding.js";
import { declaredRules } from "../rules/declared.js";
import { rules } from "../rules/index.js";
import { inShort, type Report, shownPath } from "./report.js";

/**
 * SARIF 2.1.0, which GitHub's code scanning and editors read.
 *
 * @param version of the command
 */
export function formatSarif(report: Report, version: string): string {
  const descriptors = descriptorsFor(report.findings);
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "shapewright check", version, rules: descriptors } },
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) => resultOf(finding, descriptors, report)),
      },
    ],
  };
  return JSON.stringify(log);
}

/** All of our rules, and the codes of TypeScript's that were found. */
function descriptorsFor(findings: readonly Finding[]): ReportingDescriptor[] {
  const ours = [...rules, ...declaredRules].map(({ id, title, help }) => ({
    id,
    shortDescription: { text: title },
    fullDescription: { text: help },
    help: { text: help },
  }));
  const known = new Set(ours.map(({ id }) => id));
  const codes = new Set(findings.map(({ rule }) => rule).filter((rule) => !known.has(rule)));
  return [...ours, ...[...codes].sort().map((id) => ({ id, shortDescription: { text: `TypeScript's error ${id}` } }))];
}

function resultOf(finding: Finding, descriptors: readonly ReportingDescriptor[], report: Report): Result {
  const { rule, place, explained } = finding;
  const { line, column, endLine, endColumn } = place;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  const artifactLocation = { uri: uriOf(report, place.file) };
  return {
    ruleId: rule,
    ruleIndex: descriptors.findIndex(({ id }) => id === rule),
    level: "error",
    message: { text: inShort(finding) },
    locations: [{ physicalLocation: { artifactLocation, region } }],
    ...(explained && explained.fix.edits.length > 0
      ? { fixes: [fixOf(explained.fix.words, explained.fix.edits, report)] }
      : {}),
  };
}

function fixOf(words: string, edits: readonly Edit[], report: Report): SarifFix {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: words },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: uriOf(report, file) },
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ start, end, text }) => ({
          deletedRegion: { charOffset: start, charLength: end - start },
          insertedContent: { text },
        })),
    })),
  };
}

function uriOf(report: Report, file: string): string {
  return encodeURI(shownPath(report, file));
}
