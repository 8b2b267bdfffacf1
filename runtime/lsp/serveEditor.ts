import { setImmediate as turn } from "node:timers/promises";
import { ts } from "ts-morph";
import {
  type CancellationToken,
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { codeLenses } from "./codeLenses.js";
import { diagnosing } from "./diagnosing.js";
import { hoverAt } from "./hoverAt.js";
import { inlayHints } from "./inlayHints.js";
import { quickFixes } from "./quickFixes.js";
import { type Opened, workspaceOf } from "./workspace.js";

/** Answers an editor by the language server protocol, until it says that it leaves. */
export function serveEditor(connection: Connection, version: string): void {
  const documents = new TextDocuments(TextDocument);
  const workspace = workspaceOf((path) => ts.sys.readFile(path));
  const { diagnose, settled, end } = diagnosing(workspace, connection);
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

  /** Answers of a file, unless what is asked was called off meanwhile, or was of a text that is another by now. */
  const answered = async <R, N>(
    uri: string,
    token: CancellationToken,
    answer: (opened: Opened) => R,
    none: N,
    moment = turn(),
  ) => {
    const version = documents.get(uri)?.version;
    await moment;
    if (token.isCancellationRequested) return new ResponseError<void>(LSPErrorCodes.RequestCancelled, "Called off");
    if (documents.get(uri)?.version !== version)
      return new ResponseError<void>(LSPErrorCodes.ContentModified, "The text is another by now");
    const opened = workspace.opened(uri);
    return opened ? answer(opened) : none;
  };
  // What editors ask by themselves after each key has time until nothing is typed; what the user asks has none, but for being called off.
  connection.onCodeAction(({ textDocument, range, context: { only } }, token) => {
    if (only && !only.some((kind) => kind === "" || kind === CodeActionKind.QuickFix)) return [];
    return answered(textDocument.uri, token, (opened) => quickFixes(workspace, opened, range, versioned), []);
  });
  connection.onHover(({ textDocument, position }, token) =>
    answered(textDocument.uri, token, (opened) => hoverAt(opened, position) ?? null, null),
  );
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    answered(textDocument.uri, token, (opened) => inlayHints(opened, range), [], settled()),
  );
  connection.onCodeLens(({ textDocument }, token) => answered(textDocument.uri, token, codeLenses, [], settled()));
  connection.onShutdown(end);
  documents.listen(connection);
  connection.listen();
}
