import { Command, Option } from "commander";
import { CommandError } from "../files/command-error.js";
import { ownVersion } from "./ownVersion.js";

/** The command `shapewright lsp`. */
export function lspCommand(): Command {
  return new Command("lsp")
    .option("--stdio", "speak over stdin and stdout, as it does anyhow")
    .addOption(new Option("--clientProcessId <id>", "the editor's process, with which it ends").hideHelp())
    .addHelpText(
      "after",
      `
For editors, by the language server protocol: check's explanations with their
fixes, the shape behind each line, what led there, and what models cost. It runs
no file. Of VS Code, the extension starts it; others are told of it as a server
for TypeScript files, which stands beside TypeScript's own:
  npx shapewright lsp --stdio`,
    )
    .action(async () => {
      if (process.stdin.isTTY) {
        throw new CommandError("lsp speaks with an editor over stdin, which is a terminal here; see lsp --help", 2);
      }
      // stdout is the editor's: what anyone prints would stand within a message.
      globalThis.console = new console.Console(process.stderr);
      const [{ createConnection, ProposedFeatures }, { serveEditor }] = await Promise.all([
        import("vscode-languageserver/node"),
        import("../lsp/serveEditor.js"),
      ]);
      serveEditor(createConnection(ProposedFeatures.all, process.stdin, process.stdout), ownVersion());
    });
}
