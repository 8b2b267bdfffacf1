#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { visible } from "../../src/ir/checkName.js";
import { CommandError } from "../files/command-error.js";
import { reasonOf } from "../files/writeWhole.js";
import { ownVersion } from "./ownVersion.js";
import { thisTerminal } from "./terminal.js";

/** What there is. A command that is called is loaded alone: all of them together take several times as long as most of what they do. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  build: async () => (await import("./build.js")).buildCommand(),
  check: async () => (await import("./check.js")).checkCommand(),
  doctor: async () => (await import("./doctor.js")).doctorCommand(),
  explain: async () => (await import("./explain.js")).explainCommand(),
  graph: async () => (await import("./graph.js")).graphCommand(),
  init: async () => (await import("./init.js")).initCommand(),
  inspect: async () => (await import("./inspect.js")).inspectCommand(),
  profile: async () => (await import("./profile.js")).profileCommand(),
  serve: async () => (await import("./serve.js")).serveCommand(),
  summary: async () => (await import("./summary.js")).summaryCommand(),
  watch: async () => (await import("./watch.js")).watchCommand(),
};

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

const called = process.argv[2];
const isKnown = called !== undefined && Object.hasOwn(commands, called);
for (const make of isKnown ? [commands[called]!] : Object.values(commands)) program.addCommand(await make());
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
