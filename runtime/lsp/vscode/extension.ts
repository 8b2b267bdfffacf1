import { commands, type ExtensionContext, type TextDocument, Uri, workspace } from "vscode";
import { LanguageClient, type Middleware, TransportKind } from "vscode-languageclient/node";
import { type InstalledServer, installedServer } from "./installedServer.js";

/** A server's client, and when it has started, or has failed to. */
interface Running {
  readonly client: LanguageClient;
  readonly started: Promise<void>;
}

/** The servers that run, by the folders whose files they are for. */
const servers = new Map<string, Running>();

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

/** Ends all servers. One that is starting cannot be ended before it has started; one that cannot be ended keeps none of the others. */
export async function deactivate(): Promise<void> {
  const running = [...servers.values()];
  servers.clear();
  await Promise.allSettled(running.map(({ client, started }) => started.then(() => client.stop())));
}

function open(document: TextDocument): void {
  const server = serverOf(document);
  if (!server || servers.has(server.folder)) return;
  const client = clientOf(server);
  const running = {
    client,
    // What fails shows in the output and as a message of its own.
    started: client.start().catch(() => {
      if (servers.get(server.folder) === running) servers.delete(server.folder);
    }),
  };
  servers.set(server.folder, running);
}

/** The server of the project that a file is in. */
function serverOf({ uri, languageId }: TextDocument): InstalledServer | undefined {
  if (uri.scheme !== "file" || !languageId.startsWith("typescript")) return undefined;
  const path = workspace.getConfiguration("shapewright", uri).get<string>("serverPath");
  const root = workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  // What is said as a path within the workspace is meant from its folder on.
  return installedServer(path && root ? `${root}/file.ts` : uri.fsPath, path);
}

function clientOf({ module, folder }: InstalledServer): LanguageClient {
  const run = { module, args: ["lsp"], transport: TransportKind.stdio, options: { cwd: folder } };
  // Relative to the folder, whose own name may have signs that patterns have.
  const pattern = { baseUri: Uri.file(folder).toString(), pattern: "**/*" };
  const documentSelector = ["typescript", "typescriptreact"].map((language) => ({ scheme: "file", language, pattern }));
  const middleware: Middleware = {
    // Files of a project within this one are for its own server. Of what was not opened, a server has nothing to say.
    didOpen: async (document, next) => {
      if (serverOf(document)?.folder === folder) await next(document);
    },
  };
  return new LanguageClient("shapewright", "Shapewright", { run, debug: run }, { documentSelector, middleware });
}
