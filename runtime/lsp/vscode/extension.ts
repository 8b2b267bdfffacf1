import { commands, type ExtensionContext, type TextDocument, workspace } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { type InstalledServer, installedServer } from "./installedServer.js";

/** The servers that run, by the folders whose files they are for. */
const clients = new Map<string, LanguageClient>();

/** Starts a server for each project with Shapewright of which a file is opened. */
export function activate({ subscriptions }: ExtensionContext): void {
  const openAll = () => {
    for (const document of workspace.textDocuments) open(document);
  };
  subscriptions.push(
    workspace.onDidOpenTextDocument(open),
    commands.registerCommand("shapewright.restart", async () => {
      await deactivate();
      openAll();
    }),
  );
  openAll();
}

/** Ends all servers. */
export async function deactivate(): Promise<void> {
  const running = [...clients.values()];
  clients.clear();
  await Promise.all(running.map((client) => client.stop()));
}

function open({ uri, languageId }: TextDocument): void {
  if (uri.scheme !== "file" || !languageId.startsWith("typescript")) return;
  const path = workspace.getConfiguration("shapewright", uri).get<string>("serverPath");
  const root = workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  // What is said as a path within the workspace is meant from its folder on.
  const server = installedServer(path && root ? `${root}/file.ts` : uri.fsPath, path);
  if (!server || clients.has(server.folder)) return;
  const client = clientOf(server);
  clients.set(server.folder, client);
  // What fails shows in the output and as a message of its own.
  client.start().catch(() => clients.delete(server.folder));
}

function clientOf({ module, folder }: InstalledServer): LanguageClient {
  const run = { module, args: ["lsp"], transport: TransportKind.stdio, options: { cwd: folder } };
  const pattern = `${folder.replaceAll("\\", "/")}/**/*`;
  const documentSelector = ["typescript", "typescriptreact"].map((language) => ({ scheme: "file", language, pattern }));
  return new LanguageClient("shapewright", "Shapewright", { run, debug: run }, { documentSelector });
}
