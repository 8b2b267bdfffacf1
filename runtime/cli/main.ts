#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { visible } from "../../src/ir/checkName.js";
import { CommandError } from "../files/command-error.js";
import { reasonOf } from "../files/writeWhole.js";
import { commands } from "./commands.js";
import { ownVersion } from "./ownVersion.js";
import { spinning } from "./spinning.js";
import { folded, thisTerminal } from "./terminal.js";

const terminal = thisTerminal();

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever reads has read enough, such as `head`: that is no failure.
    if (error.code === "EPIPE") process.exit();
    if (stream === process.stdout) {
      terminal.err(terminal.styleError("red", `shapewright: what it prints cannot be written: ${reasonOf(error)}`));
    }
    process.exit(1);
  });
}

const program = new Command("shapewright")
  .description("A typed deep-learning compiler for TypeScript")
  .version(ownVersion())
  .showSuggestionAfterError()
  .showHelpAfterError("(add --help for what there is)")
  .configureOutput({
    outputError: (text) => terminal.err(terminal.styleError("red", text.trimEnd().replace(/^error:/, "shapewright:"))),
  })
  .configureHelp({
    subcommandTerm: (command) => `${command.name()} ${commands[command.name()]?.takes ?? "[command]"}`.trimEnd(),
  })
  .exitOverride();

// "help NAME" is as good as "NAME --help".
const called = process.argv[2] === "help" ? process.argv[3] : process.argv[2];
for (const [name, { summary, load }] of Object.entries(commands)) {
  const command = name === called ? await load() : new Command(name);
  program.addCommand(command.description(summary).copyInheritedSettings(program));
}

const doing = commands[called ?? ""]?.doing;
const stop = doing === undefined ? () => {} : spinning(`${doing} …`);
try {
  await program.parseAsync();
  stop();
} catch (error) {
  stop();
  if (error instanceof CommanderError) {
    // It has printed its message. Asked for help or the version, it ends with 0; a wrong command line is 2.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof CommandError) {
    const lines = `shapewright: ${error.message}`.split("\n").map(visible);
    terminal.err(terminal.styleError("red", folded(lines.join("\n"), process.stderr)));
    if (error.code) terminal.err(`More: npx shapewright explain ${error.code}`);
    process.exitCode = error.exitCode;
  } else {
    throw error;
  }
}
