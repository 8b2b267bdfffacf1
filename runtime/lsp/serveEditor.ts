import { ts } from "ts-morph";
import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { codeLenses } from "./codeLenses.js";
import { diagnosing } from "./diagnosing.js";
import { hoverAt } from "./hoverAt.js";
import { inlayHints } from "./inlayHints.js";
import { quickFixes } from "./quickFixes.js";
import { workspaceOf } from "./workspace.js";

/** Answers an editor by the language server protocol, until it says that it leaves. */
export function serveEditor(connection: Connection, version: string): void {
  const documents = new TextDocuments(TextDocument);
  const workspace = workspaceOf((path) => ts.sys.readFile(path));
  const { diagnose, end } = diagnosing(workspace, connection);
  let [watches, versioned] = [false, false];

  connection.onInitialize(({ capabilities: { workspace: has } }: InitializeParams): InitializeResult => {
    watches = has?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    versioned = has?.workspaceEdit?.documentChanges ?? false;
    return {
      serverInfo: { name: "shapewright", version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        inlayHintProvider: true,
        hoverProvider: true,
        codeLensProvider: {},
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      },
    };
  });
  connection.onInitialized(() => {
    if (!watches) return;
    const watchers = ["**/*.{ts,tsx,mts,cts}", "**/{tsconfig*,package,package-lock}.json"];
    void connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: watchers.map((globPattern) => ({ globPattern })),
    });
  });

  documents.onDidChangeContent(({ document }) => {
    workspace.write(document);
    diagnose(document.uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    workspace.close(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
    diagnose();
  });
  const touched = () => {
    workspace.touched();
    diagnose();
  };
  connection.onDidChangeWatchedFiles(touched);
  // An editor that watches no files says at least what it has saved.
  documents.onDidSave(() => void (watches || touched()));

  connection.onCodeAction(({ textDocument, range, context: { only } }) => {
    if (only && !only.some((kind) => kind === "" || kind === CodeActionKind.QuickFix)) return [];
    const opened = workspace.opened(textDocument.uri);
    return opened ? quickFixes(workspace, opened, range, versioned) : [];
  });
  connection.languages.inlayHint.on(({ textDocument, range }) => {
    const opened = workspace.opened(textDocument.uri);
    return opened ? inlayHints(opened, range) : [];
  });
  connection.onHover(({ textDocument, position }) => {
    const opened = workspace.opened(textDocument.uri);
    return opened && hoverAt(opened, position);
  });
  connection.onCodeLens(({ textDocument }) => {
    const opened = workspace.opened(textDocument.uri);
    return opened ? codeLenses(opened) : [];
  });
  connection.onShutdown(end);
  documents.listen(connection);
  connection.listen();
}
