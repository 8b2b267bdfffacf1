import { type CodeAction, CodeActionKind, type Range, type TextEdit, type WorkspaceEdit } from "vscode-languageserver";
import type { Edit, Finding } from "../check/finding.js";
import { changedLines } from "../check/format/changed-lines.js";
import { diagnosticOf } from "./diagnosticOf.js";
import type { Opened, Workspace } from "./workspace.js";

/**
 * What mends the mistakes in a range: an action for each that has a fix with edits. Of a name that is only like what stands there it is not the
 * preferred one, which editors apply unasked.
 *
 * @param versioned whether the editor takes edits of a version of a file, and so refuses them of another one
 */
export function quickFixes(workspace: Workspace, opened: Opened, range: Range, versioned: boolean): CodeAction[] {
  const { document } = opened;
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return opened.findings().flatMap((finding) => {
    const { edits, isGuess = false } = finding.explained!.fix;
    if (edits.length === 0 || finding.place.end < from || finding.place.start > to) return [];
    const edit = workspaceEdit(workspace, edits, versioned);
    if (!edit) return [];
    const diagnostics = [diagnosticOf(finding, document)];
    return [
      { title: titleOf(finding, workspace), kind: CodeActionKind.QuickFix, diagnostics, isPreferred: !isGuess, edit },
    ];
  });
}

/** How much of a line a menu has room for. */
const longest = 90;

/** The code that will stand there, if that is a line of some length, else the words. */
function titleOf({ explained }: Finding, workspace: Workspace): string {
  const { words, edits } = explained!.fix;
  const lines = changedLines(edits, (path) => workspace.document(path)!.document.getText());
  const written = lines.filter(({ sign, number }) => sign === "+" && number !== undefined);
  const [line = ""] = written.map(({ text }) => text.trim());
  if (written.length === 1 && line.length <= longest) return `Write: ${line}`;
  return words.replace(/:$/, "");
}

/** Edits as an editor takes them; undefined where a file is gone meanwhile. */
export function workspaceEdit(
  workspace: Workspace,
  edits: readonly Edit[],
  versioned: boolean,
): WorkspaceEdit | undefined {
  const files = [...new Set(edits.map(({ file }) => file))].map((path) => {
    const found = workspace.document(path);
    return found && { ...found, edits: edits.filter(({ file }) => file === path).map((edit) => textEdit(edit, found)) };
  });
  if (!files.every((file) => file !== undefined)) return undefined;
  if (!versioned) return { changes: Object.fromEntries(files.map(({ document, edits }) => [document.uri, edits])) };
  return {
    documentChanges: files.map(({ document, isOpen, edits }) => ({
      textDocument: { uri: document.uri, version: isOpen ? document.version : null },
      edits,
    })),
  };
}

function textEdit({ start, end, text }: Edit, { document }: { readonly document: Opened["document"] }): TextEdit {
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText: text };
}
