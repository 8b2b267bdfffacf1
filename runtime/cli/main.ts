#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { visible } from "../../src/ir/checkName.js";
import { CommandError } from "../files/command-error.js";
import { reasonOf } from "../files/writeWhole.js";
import { buildCommand } from "./build.js";
import { checkCommand } from "./check.js";
import { doctorCommand } from "./doctor.js";
import { explainCommand } from "./explain.js";
import { graphCommand } from "./graph.js";
import { initCommand } from "./init.js";
import { inspectCommand } from "./inspect.js";
import { ownVersion } from "./ownVersion.js";
import { profileCommand } from "./profile.js";
import { serveCommand } from "./serve.js";
import { summaryCommand } from "./summary.js";
import { thisTerminal } from "./terminal.js";
import { watchCommand } from "./watch.js";

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
  .exitOverride();

program.addCommand(buildCommand());
program.addCommand(checkCommand());
program.addCommand(doctorCommand());
program.addCommand(explainCommand());
program.addCommand(graphCommand());
program.addCommand(initCommand());
program.addCommand(inspectCommand());
program.addCommand(profileCommand());
program.addCommand(serveCommand());
program.addCommand(summaryCommand());
program.addCommand(watchCommand());
for (const command of program.commands) command.copyInheritedSettings(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // It has printed its message. Asked for help or the version, it ends with 0; a wrong command line is 2.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof CommandError) {
    const lines = `shapewright: ${error.message}`.split("\n").map(visible);
    terminal.err(terminal.styleError("red", lines.join("\n")));
    process.exitCode = error.exitCode;
  } else {
    throw error;
  }
}
