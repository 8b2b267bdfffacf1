import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { HoverRequest, type MarkupContent } from "vscode-languageserver-protocol/node";
import { languageClient, uriOf } from "./languageClient.js";

/** What an editor asks of TypeScript's own language server, which there is since version 7, about one file. */
export interface NewestEditor {
  /** Puts another text in the file's place, as typing does. */
  write(text: string): void;
  /** What is shown where the mouse stands on the first letter of `at`, where that first stands in the file: without what is documented. */
  hover(at: string): Promise<string>;
  /** Ends the server. */
  quit(): Promise<void>;
}

/** Opens a file in a folder that has no tsconfig.json: the newest TypeScript needs none. */
export async function newestEditor(text: string, folder: string): Promise<NewestEditor> {
  const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  const client = await languageClient(folder, {}, [join(typescript, "bin/tsc"), "--lsp", "--stdio"]);
  const file = join(folder, "written.ts");
  client.open(file, text);
  let current = text;
  return {
    write(text) {
      current = text;
      client.write(file, text);
    },
    async hover(at) {
      const found = current.indexOf(at);
      if (found < 0) throw new Error(`"${at}" does not stand in the file`);
      const lines = current.slice(0, found).split("\n");
      const position = { line: lines.length - 1, character: lines.at(-1)!.length };
      const shown = await client.connection.sendRequest(HoverRequest.type, {
        textDocument: { uri: uriOf(file) },
        position,
      });
      return (shown?.contents as MarkupContent | undefined)?.value ?? "";
    },
    async quit() {
      await client.quit();
    },
  };
}
