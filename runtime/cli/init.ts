import { spawnSync } from "node:child_process";
import { basename, join, relative, resolve } from "node:path";
import { Command } from "commander";
import { CommandError } from "../files/command-error.js";
import { thisMachine } from "../native/machine.js";
import { findNpm } from "../native/npm.js";
import { ownSpec } from "./init/ownSpec.js";
import { type PackageManager, packageManager } from "./init/packageManager.js";
import { templateFiles } from "./init/template-files.js";
import { writeProject } from "./init/writeProject.js";
import { shellWord } from "./shellWord.js";
import { type Terminal, thisTerminal } from "./terminal.js";

interface InitOptions {
  readonly name?: string;
  readonly install: boolean;
  readonly shapewright?: string;
}

/** The command `shapewright init`. */
export function initCommand(): Command {
  return new Command("init")
    .argument("[folder]", "where to make it", ".")
    .option("--name <name>", "the name of its package (default: the folder's)")
    .option("--no-install", "write the files, but neither install packages nor build the model")
    .option(
      "--shapewright <spec>",
      "what it depends on: a version, or file:… of a package (default: this very package)",
    )
    .addHelpText(
      "after",
      "\nIt is installed with the package manager that this is called with: npm, pnpm,\nyarn or bun.",
    )
    .action((folder: string, options: InitOptions) => init(folder, options, thisTerminal(), packageManager()));
}

/** Makes a project; nothing that is there is overwritten. */
export function init(
  folder: string,
  { name = nameOf(folder), install, shapewright }: InitOptions,
  terminal: Terminal,
  manager: PackageManager,
): void {
  if (folder.trim() === "") throw new CommandError('"" is not the path of a folder; write one, such as my-model');
  if (!/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name)) {
    throw new CommandError(`"${name}" cannot be a package's name: write --name with small letters, digits and hyphens`);
  }
  const files = templateFiles({ name, shapewright: shapewright ?? ownSpec(), manager });
  writeProject(folder, files);
  for (const path of files.keys()) terminal.out(join(folder, path));

  const [building, training] = [`${manager.run} build`, `${manager.run} train`];
  const left = [manager.install, building];
  while (install && left.length > 0) {
    runIn(folder, manager, left, terminal);
    left.shift();
  }
  const steps = [...enter(folder), ...left, training];
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

/** Runs the first of what is left to do in the project. What it prints is progress. */
function runIn(folder: string, manager: PackageManager, left: readonly string[], terminal: Terminal): void {
  const [first] = left;
  terminal.err(`\n> ${first}`);
  const [program, ...before] = programOf(manager);
  const args = first!.split(" ").slice(1);
  const run =
    program === undefined
      ? undefined
      : spawnSync(program, [...before, ...args], {
          cwd: folder,
          stdio: ["ignore", 2, 2],
          // Where CI is set, yarn writes no lock file unless it is told to; a new project has none yet.
          env: { ...process.env, YARN_ENABLE_IMMUTABLE_INSTALLS: "false" },
          shell: program === manager.name && process.platform === "win32",
        });
  if (run?.status === 0) return;
  const toDo = [...enter(folder), ...left].join(" && ");
  const what = program === undefined || run?.error ? `${manager.name} was not found` : `${first} has failed`;
  throw new CommandError(`${what}. The project is made; to go on from here: ${toDo}`, 1);
}

/** How a package manager is started: by the script or program that has started this process; npm wherever it is. */
function programOf({ name }: PackageManager): readonly string[] {
  if (name === "npm") {
    try {
      return [process.execPath, findNpm(thisMachine()).script];
    } catch {
      return [];
    }
  }
  const { npm_execpath: own = "" } = process.env;
  if (!basename(own).startsWith(name)) return [name];
  return /\.[cm]?js$/.test(own) ? [process.execPath, own] : [own];
}
