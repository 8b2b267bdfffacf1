import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  FileChangeType,
  type FileEvent,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { commandLine } from "./shapewright.js";

const repository = new URL("../..", import.meta.url);

/** An editor's side of a language server, which runs in a process of its own. */
export interface LanguageClient {
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult["capabilities"];
  /** Writes to the server as it is, without the protocol. */
  raw(text: string): void;
  open(path: string, text: string): void;
  /** Puts another text in a file's place, as typing does. */
  write(path: string, text: string): void;
  close(path: string): void;
  /** Says that a file on the disk is another. */
  touched(path: string): void;
  /** Forgets what the server last said of a file, which it is to say anew. */
  expect(path: string): void;
  /** What the server says next of a file as it is now. */
  diagnostics(path: string): Promise<readonly Diagnostic[]>;
  /** Goes away without a word. */
  hangUp(): void;
  /** Ends the session. */
  quit(): Promise<number | null>;
  readonly ended: Promise<number | null>;
  stderr(): string;
}

export const uriOf = (path: string) => pathToFileURL(path).href;

/** `shapewright lsp`. */
const ours = [commandLine, "lsp", "--stdio"];

/**
 * Starts a language server.
 *
 * @param folder what is opened in the editor
 * @param workspace what the editor can do there
 * @param command what Node.js runs: `shapewright lsp`, unless said otherwise
 */
export async function languageClient(
  folder: string,
  workspace: object = {},
  command: readonly string[] = ours,
): Promise<LanguageClient> {
  const server = spawn(process.execPath, command, { cwd: repository });
  let stderr = "";
  server.stderr.on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => server.on("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const told = new Map<string, { readonly version: number | undefined; readonly diagnostics: readonly Diagnostic[] }>();
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
    told.set(uri, { version, diagnostics });
    for (const look of waiting) look();
  });
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.listen();
  const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: uriOf(folder),
    capabilities: { workspace },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  let version = 0;
  return {
    connection,
    capabilities,
    raw: (text) => void server.stdin.write(text),
    open(path, text) {
      const textDocument = { uri: uriOf(path), languageId: "typescript", version: ++version, text };
      void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      told.delete(uriOf(path));
    },
    write(path, text) {
      const textDocument = { uri: uriOf(path), version: ++version };
      void connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument,
        contentChanges: [{ text }],
      });
      told.delete(uriOf(path));
    },
    close(path) {
      void connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: uriOf(path) } });
      told.delete(uriOf(path));
    },
    touched(path) {
      const changes: FileEvent[] = [{ uri: uriOf(path), type: FileChangeType.Changed }];
      void connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    },
    expect: (path) => void told.delete(uriOf(path)),
    hangUp: () => server.stdin.end(),
    diagnostics: (path) =>
      new Promise((resolve) => {
        const look = () => {
          const last = told.get(uriOf(path));
          if (!last) return;
          waiting.delete(look);
          resolve(last.diagnostics);
        };
        waiting.add(look);
        look();
      }),
    async quit() {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      return ended;
    },
    ended,
    stderr: () => stderr,
  };
}
