#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { CommandError } from "./command-error.js";
import { doctorCommand } from "./doctor.js";
import { graphCommand } from "./graph.js";
import { thisTerminal } from "./terminal.js";

const terminal = thisTerminal();
const program = new Command("shapewright")
  .description("A typed deep-learning compiler for TypeScript")
  .version(ownVersion())
  .showSuggestionAfterError()
  .showHelpAfterError("(add --help for what there is)")
  .exitOverride();

program.addCommand(doctorCommand());
program.addCommand(graphCommand());
for (const command of program.commands) command.copyInheritedSettings(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // It has printed its message. Asked for help or the version, it ends with 0; a wrong command line is 2.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof CommandError) {
    terminal.err(terminal.styleError("red", `shapewright: ${error.message}`));
    process.exitCode = error.exitCode;
  } else {
    throw error;
  }
}

/** The version in package.json, which stands above this file at another height in the sources than in the package. */
function ownVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}
