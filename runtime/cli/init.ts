import { spawnSync } from "node:child_process";
import { basename, join, relative, resolve } from "node:path";
import { Command } from "commander";
import { CommandError } from "../files/command-error.js";
import { thisMachine } from "../native/machine.js";
import { findNpm } from "../native/npm.js";
import { templateFiles } from "./init/template-files.js";
import { writeProject } from "./init/writeProject.js";
import { ownVersion } from "./ownVersion.js";
import { shellWord } from "./shellWord.js";
import { type Terminal, thisTerminal } from "./terminal.js";

interface InitOptions {
  readonly name?: string;
  readonly install: boolean;
  readonly shapewright: string;
}

/** The command `shapewright init`. */
export function initCommand(): Command {
  return new Command("init")
    .argument("[folder]", "where to make it", ".")
    .option("--name <name>", "the name of its package (default: the folder's)")
    .option("--no-install", "write the files, but neither install packages nor build the model")
    .option("--shapewright <spec>", "what it depends on: a version, or file:… of a package", `^${ownVersion()}`)
    .action((folder: string, options: InitOptions) => init(folder, options, thisTerminal()));
}

/** Makes a project; nothing that is there is overwritten. */
export function init(folder: string, options: InitOptions, terminal: Terminal): void {
  if (folder.trim() === "") throw new CommandError('"" is not the path of a folder; write one, such as my-model');
  const name = options.name ?? nameOf(folder);
  if (!/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name)) {
    throw new CommandError(`"${name}" cannot be a package's name: write --name with small letters, digits and hyphens`);
  }
  const files = templateFiles({ name, shapewright: options.shapewright });
  writeProject(folder, files);
  for (const path of files.keys()) terminal.out(join(folder, path));

  const steps = [...enter(folder), "npm run train"];
  if (options.install) {
    npm(["install"], folder, "npm install && npm run build", terminal);
    npm(["run", "build"], folder, "npm run build", terminal);
  } else {
    steps.splice(-1, 0, "npm install", "npm run build");
  }
  terminal.err(`\nNext:\n${steps.map((step) => `  ${step}`).join("\n")}`);
}

/** A package's name made of a folder's. */
function nameOf(folder: string): string {
  const words = basename(resolve(folder))
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join("-") ?? "model";
}

function enter(folder: string): string[] {
  const way = relative(process.cwd(), resolve(folder));
  return way === "" ? [] : [`cd ${shellWord(way)}`];
}

/** Runs npm in the project. What it prints is progress. */
function npm(args: readonly string[], folder: string, instead: string, terminal: Terminal): void {
  terminal.err(`\n> npm ${args.join(" ")}`);
  const script = npmScript();
  const run =
    script === undefined
      ? undefined
      : spawnSync(process.execPath, [script, ...args], { cwd: folder, stdio: ["ignore", 2, 2] });
  if (run?.status === 0) return;
  const left = [...enter(folder), instead].join(" && ");
  const what = script === undefined ? "npm was not found" : `npm ${args.join(" ")} has failed`;
  throw new CommandError(`${what}. The project is made; to go on from here: ${left}`, 1);
}

function npmScript(): string | undefined {
  try {
    return findNpm(thisMachine()).script;
  } catch {
    return undefined;
  }
}
