import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Finding } from "../check/finding.js";
import { fixWords } from "../check/format/report.js";
import { chainsAsText } from "./chains-as-text.js";

/**
 * A mistake as an editor shows it: what is wrong, what to write instead, and the shapes that led there. They come last: editors show a
 * few lines, with what TypeScript says above them, and the rest by scrolling.
 */
export function diagnosticOf({ rule, place, explained }: Finding, document: TextDocument): Diagnostic {
  const { what, chains, fix } = explained!;
  const parts = [what, `Fix: ${fixWords({ ...fix, edits: [] })}`, chainsAsText(chains)];
  return {
    range: { start: document.positionAt(place.start), end: document.positionAt(place.end) },
    // The error is TypeScript's, whose own server shows it in the same place: as another, each mistake would count twice.
    severity: DiagnosticSeverity.Information,
    source: "shapewright",
    code: rule,
    message: parts.filter((part) => part !== "").join("\n\n"),
  };
}
