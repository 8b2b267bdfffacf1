import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { activate, deactivate } from "../../runtime/lsp/vscode/extension.js";

// The extension within a VS Code of which there is as much as it asks for, and with clients that start when the test says so.

const editor = vi.hoisted(() => ({
  documents: [] as object[],
  opened: undefined as ((document: object) => void) | undefined,
  commands: new Map<string, () => Promise<void>>(),
}));
vi.mock("vscode", () => ({
  workspace: {
    get textDocuments() {
      return editor.documents;
    },
    onDidOpenTextDocument: (heard: (document: object) => void) => {
      editor.opened = heard;
    },
    getConfiguration: () => ({ get: () => "" }),
    getWorkspaceFolder: () => undefined,
  },
  commands: { registerCommand: (name: string, run: () => Promise<void>) => void editor.commands.set(name, run) },
  Uri: { file: (path: string) => pathToFileURL(path) },
}));

interface Options {
  readonly documentSelector: readonly { readonly language: string; readonly pattern: object }[];
  readonly middleware: { didOpen(document: object, next: (document: object) => Promise<void>): Promise<void> };
}

const { clients } = vi.hoisted(() => ({ clients: [] as any[] }));
vi.mock("vscode-languageclient/node", () => ({
  TransportKind: { stdio: 0 },
  LanguageClient: class {
    state = "starting";
    begin!: () => void;
    fail!: (error: Error) => void;
    constructor(
      _id: string,
      _name: string,
      readonly server: { run: { module: string; options: { cwd: string } } },
      readonly options: Options,
    ) {
      clients.push(this);
    }
    start() {
      return new Promise<void>((resolve, reject) => {
        this.fail = reject;
        this.begin = () => {
          this.state = "running";
          resolve();
        };
      });
    }
    /** As that of VS Code refuses it. */
    async stop() {
      if (this.state !== "running") throw new Error("Client is not running and can't be stopped.");
      this.state = "stopped";
    }
  },
}));

const root = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-extension-")));
afterAll(() => rmSync(root, { recursive: true }));

function install(folder: string): void {
  const installed = join(root, folder, "node_modules/shapewright");
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, "package.json"), JSON.stringify({ bin: { shapewright: "./main.js" } }));
  writeFileSync(join(installed, "lsp.js"), "");
}

const documentOf = (path: string, languageId = "typescript") => ({
  uri: { scheme: "file", fsPath: join(root, path) },
  languageId,
});

test("each project has a server for its own files, and all start anew, also while one is starting", async () => {
  const folders = ["app [x]", "app [x]/packages/inner", "other"];
  folders.forEach(install);
  const outer = documentOf("app [x]/model.ts");
  const inner = documentOf("app [x]/packages/inner/model.tsx", "typescriptreact");
  const others = [documentOf("app [x]/readme.md", "markdown"), documentOf("nowhere/model.ts")];
  editor.documents = [outer, inner, documentOf("app [x]/src/more.ts"), ...others];
  activate({ subscriptions: [] } as any);
  const last = documentOf("other/model.ts");
  editor.documents.push(last);
  editor.opened!(last);
  expect(clients.map(({ server }) => server.run)).toMatchObject(
    folders.map((folder) => ({
      module: join(root, folder, "node_modules/shapewright/main.js"),
      args: ["lsp"],
      options: { cwd: join(root, folder) },
    })),
  );
  // Signs of patterns in a folder's name are none, and of a file within both projects only the inner's server hears.
  const [first, second, third] = clients;
  const { documentSelector, middleware }: Options = first.options;
  const pattern = { baseUri: pathToFileURL(join(root, "app [x]")).href, pattern: "**/*" };
  expect(documentSelector).toEqual([
    { scheme: "file", language: "typescript", pattern },
    { scheme: "file", language: "typescriptreact", pattern },
  ]);
  const heard = async (of: Options["middleware"]) => {
    const next = vi.fn(async () => {});
    for (const document of [outer, inner]) await of.didOpen(document, next);
    return next.mock.calls.flat();
  };
  expect(await heard(middleware)).toEqual([outer]);
  expect(await heard(second.options.middleware)).toEqual([inner]);

  first.begin();
  const restarted = editor.commands.get("shapewright.restart")!();
  second.begin();
  third.fail(new Error("no such server"));
  await restarted;
  expect(clients.map(({ state }) => state)).toEqual(["stopped", "stopped", ...Array(4).fill("starting")]);
  for (const client of clients.slice(3)) client.begin();
  await deactivate();
  expect(clients.map(({ state }) => state).filter((state) => state === "running")).toEqual([]);
});
