import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Finding } from "../check/finding.js";
import { fixWords } from "../check/format/report.js";
import { chainsAsText } from "./chains-as-text.js";

/** A mistake as an editor shows it: what is wrong, the shapes that led there, and what to write instead. */
export function diagnosticOf({ rule, place, explained }: Finding, document: TextDocument): Diagnostic {
  const { what, chains, fix } = explained!;
  const parts = [what, chainsAsText(chains), `Fix: ${fixWords({ ...fix, edits: [] })}`];
  return {
    range: { start: document.positionAt(place.start), end: document.positionAt(place.end) },
    severity: DiagnosticSeverity.Error,
    source: "shapewright",
    code: rule,
    message: parts.filter((part) => part !== "").join("\n\n"),
  };
}
