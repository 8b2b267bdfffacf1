import type { Edit, Finding } from "../finding.js";
import { declaredRules } from "../rules/declared.js";
import { rules } from "../rules/index.js";
import { nodeRules } from "../rules/nodeRules.js";
import { inShort, type Report, shownPath } from "./report.js";

/** SARIF 2.1.0 on one line. */
export function formatSarif(report: Report, version: string): string {
  return JSON.stringify(sarifLog(report, version));
}

/**
 * A report as a SARIF 2.1.0 log, which GitHub's code scanning and editors read.
 *
 * @param version of the command
 */
export function sarifLog(report: Report, version: string) {
  const descriptors = descriptorsFor(report.findings);
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0" as const,
    runs: [
      {
        tool: { driver: { name: "shapewright check", version, rules: descriptors } },
        columnKind: "utf16CodeUnits" as const,
        results: report.findings.map((finding) => resultOf(finding, descriptors, report)),
      },
    ],
  };
}

/** What SARIF calls a reporting descriptor. */
interface Descriptor {
  readonly id: string;
  readonly shortDescription: { text: string };
  readonly fullDescription?: { text: string };
  readonly help?: { text: string };
}

/** All of our rules, and the codes of TypeScript's that were found. */
function descriptorsFor(findings: readonly Finding[]): Descriptor[] {
  const ours: Descriptor[] = [...rules, ...declaredRules, ...nodeRules].map(({ id, title, help }) => ({
    id,
    shortDescription: message(title),
    fullDescription: message(help),
    help: message(help),
  }));
  const known = new Set(ours.map(({ id }) => id));
  const codes = new Set(findings.map(({ rule }) => rule).filter((rule) => !known.has(rule)));
  return [...ours, ...[...codes].sort().map((id) => ({ id, shortDescription: message(`TypeScript's error ${id}`) }))];
}

function resultOf(finding: Finding, descriptors: readonly Descriptor[], report: Report) {
  const { rule, place, explained } = finding;
  const { line, column, endLine, endColumn } = place;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  const artifactLocation = { uri: uriOf(report, place.file) };
  const all = explained ? [explained.fix, ...(explained.others ?? [])] : [];
  const fixes = all.filter(({ edits }) => edits.length > 0);
  return {
    ruleId: rule,
    ruleIndex: descriptors.findIndex(({ id }) => id === rule),
    level: "error" as const,
    message: message(inShort(finding, report)),
    locations: [{ physicalLocation: { artifactLocation, region } }],
    ...(fixes.length > 0 && { fixes: fixes.map(({ words, edits }) => fixOf(words, edits, report)) }),
  };
}

function fixOf(words: string, edits: readonly Edit[], report: Report) {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: message(words),
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

/** A message. Its braces are doubled, as the standard's section 3.11.5 asks: single ones are placeholders. */
function message(text: string): { text: string } {
  return { text: text.replace(/[{}]/g, "$&$&") };
}
