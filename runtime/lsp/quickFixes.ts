import { type CodeAction, CodeActionKind, type Range, type TextEdit, type WorkspaceEdit } from "vscode-languageserver";
import type { Edit, Fix } from "../check/finding.js";
import { changedLines } from "../check/format/changed-lines.js";
import { diagnosticOf } from "./diagnosticOf.js";
import type { Opened, Workspace } from "./workspace.js";

/**
 * What mends the mistakes in a range: an action for each fix that has edits. Preferred, so that editors
 * apply it unasked, is the only one of a mistake, unless it is of a name that is only like what stands there.
 *
 * @param versioned whether the editor takes edits of a version of a file, and so refuses them of another one
 */
export function quickFixes(workspace: Workspace, opened: Opened, range: Range, versioned: boolean): CodeAction[] {
  const { document } = opened;
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const found = opened.findings().filter(({ place }) => place.start <= to && place.end >= from);
  return found.flatMap((finding) => {
    const diagnostics = [diagnosticOf(finding, document)];
    const fixes = opened.fixes(finding);
    return fixes.flatMap((fix) => {
      const edit = fix.edits.length === 0 ? undefined : workspaceEdit(workspace, fix.edits, versioned);
      if (!edit) return [];
      const isPreferred = fixes.length === 1 && !fix.isGuess;
      return [{ title: titleOf(fix, workspace), kind: CodeActionKind.QuickFix, diagnostics, isPreferred, edit }];
    });
  });
}

/** How much of a line a menu has room for. */
const longest = 90;

/** The code that will stand there, if that is a line of some length, else the words. */
function titleOf({ words, edits, gives }: Fix, workspace: Workspace): string {
  const leads = gives === undefined ? "" : ` → ${gives}`;
  const lines = changedLines(edits, (path) => workspace.document(path)!.document.getText());
  const written = lines.filter(({ sign, number }) => sign === "+" && number !== undefined);
  const [line = ""] = written.map(({ text }) => text.trim());
  if (written.length === 1 && line.length <= longest) return `Write: ${line}${leads}`;
  return words.replace(/:$/, "") + leads;
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
