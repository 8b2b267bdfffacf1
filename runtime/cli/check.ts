import { Command, Option } from "commander";
import { ownVersion } from "./ownVersion.js";
import { type Terminal, thisTerminal } from "./terminal.js";

const formats = ["text", "github", "sarif", "json"] as const;

export interface CheckOptions {
  readonly format: (typeof formats)[number];
  readonly json?: boolean;
}

/** The command `shapewright check`. */
export function checkCommand(): Command {
  return new Command("check")
    .argument("<files...>", "files, or folders with TypeScript files in them")
    .addOption(new Option("--format <format>", "how mistakes are printed").choices(formats).default("text"))
    .option("--json", "the same as --format json")
    .addHelpText(
      "after",
      `
Files are checked under the tsconfig.json above them; without one, under strict defaults.
Exits with 0 when nothing is wrong, 1 when there are mistakes, 2 when the command line is wrong.

In GitHub Actions, "--format github" annotates the lines of a pull request, and "--format sarif"
is for uploading to code scanning.`,
    )
    .action(async (paths: string[], options: CheckOptions) => {
      process.exitCode = await check(paths, options, {
        terminal: thisTerminal(),
        root: process.env.GITHUB_WORKSPACE ?? process.cwd(),
        version: ownVersion(),
      });
    });
}

/** Where the check prints to, and what it is told of its surroundings. */
export interface CheckSurroundings {
  readonly terminal: Terminal;
  /** The folder that paths are shown from. */
  readonly root: string;
  readonly version: string;
}

/** Checks files, prints what is wrong, and gives the exit code. */
export async function check(
  paths: readonly string[],
  { format, json }: CheckOptions,
  { terminal, root, version }: CheckSurroundings,
): Promise<0 | 1> {
  // The compiler takes a third of a second to load, which the other commands need not wait for.
  const { report, print } = await import("../check/index.js");
  const found = report(paths, root);
  const colored = terminal.style("bold", "") !== "";
  const text = print(found, json ? "json" : format, {
    style: terminal.style,
    colored,
    width: terminal.columns,
    version,
  });
  if (text !== "") terminal.out(text);
  return found.findings.length === 0 ? 0 : 1;
}
