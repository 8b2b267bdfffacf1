import { Command, Option } from "commander";
import type { Report } from "../check/format/report.js";
import { CommandError } from "../files/command-error.js";
import { checkOut, writeOut } from "./out-file.js";
import { ownVersion } from "./ownVersion.js";
import { type Terminal, thisTerminal } from "./terminal.js";

const formats = ["text", "github", "sarif", "json"] as const;

export interface CheckOptions {
  readonly format: (typeof formats)[number];
  readonly json?: boolean;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly watch?: boolean;
  readonly html?: string;
}

/** The command `shapewright check`. */
export function checkCommand(): Command {
  return new Command("check")
    .argument("<files...>", "files, or folders with TypeScript files in them")
    .addOption(new Option("--format <format>", "how mistakes are printed").choices(formats).default("text"))
    .option("--json", "the same as --format json")
    .option("--fix", "make the changes that explanations propose, where fewer mistakes are left by that")
    .option(
      "--dry-run",
      "with --fix: show the changes, and write nothing; in other formats than text, as without --fix",
    )
    .option("--html <file>", "also write a page that shows each mistake, with the shapes that led there as boxes")
    .option("--watch", "check again whenever a file is saved, until Ctrl-C")
    .addHelpText(
      "after",
      `
Files are checked under the tsconfig.json above them; without one, under strict
defaults. "--fix" makes a change only where fewer mistakes are left by it, and
says what it changed and what is left; of several changes that mend a mistake it
makes none. A file is replaced whole or stays as it is.

Exits with 0 when nothing is wrong, or left, 1 when there are mistakes, 2 when
the command line is wrong.

In GitHub Actions, "--format github" annotates the lines of a pull request, and
"--format sarif" is for uploading to code scanning.`,
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
  { format, json, fix, dryRun, watch, html }: CheckOptions,
  { terminal, root, version }: CheckSurroundings,
): Promise<0 | 1> {
  if (watch && fix) throw new CommandError("--watch only looks, and --fix writes: give one of them", 2);
  if (dryRun && !fix) throw new CommandError("--dry-run is for --fix: check alone writes nothing", 2);
  if (html !== undefined && (fix || watch))
    throw new CommandError("--html is of one check that changes nothing: give it alone", 2);
  if (html !== undefined) checkOut("--html", html, "mistakes.html");
  // The compiler takes a third of a second to load, which the other commands need not wait for.
  const { report, print, mended, formatHtml, formatMended, writeMended, watchFiles } = await import(
    "../check/index.js"
  );
  const layout = {
    style: terminal.style,
    colored: terminal.style("bold", "") !== "",
    width: terminal.columns,
    whole: terminal.piped ?? false,
    version,
  };
  const as = json ? "json" : format;
  if (watch)
    return await watchFiles(paths, root, (found) =>
      showAgain(found, (report) => print(report, as, layout), as, terminal),
    );
  // Programs are told of the mistakes and their changes in the files as they are.
  if (!fix || (dryRun && as !== "text")) {
    const found = report(paths, root);
    const text = print(found, as, layout);
    if (text !== "") terminal.out(text);
    if (html !== undefined) {
      writeOut(html, formatHtml(found));
      terminal.err(`Wrote ${html}`);
    }
    return found.findings.length === 0 ? 0 : 1;
  }
  const { mended: result, left } = mended(paths, root);
  if (!dryRun) writeMended(result);
  const text = as === "text" ? formatMended(result, left, !dryRun, layout) : print(left, as, layout);
  if (text !== "") terminal.out(text);
  const isUnchanged = dryRun && result.made.length > 0;
  return left.findings.length === 0 && !isUnchanged ? 0 : 1;
}

/** Of one check among many: on a terminal nothing else is seen. A mistake that nothing can be done about, such as no files, is said, too. */
function showAgain(
  found: Report | CommandError,
  print: (report: Report) => string,
  as: CheckOptions["format"],
  { out, piped, style }: Terminal,
): void {
  const text = found instanceof CommandError ? style("red", `shapewright: ${found.message}`) : print(found);
  const time = new Date().toLocaleTimeString();
  const isClean = !(found instanceof CommandError) && found.findings.length === 0;
  const said =
    as === "text" ? `${text}${isClean ? "  " : "\n\n"}${style("dim", `${time}, watching; Ctrl-C ends`)}` : text;
  if (said !== "") out(piped ? said : `\x1b[2J\x1b[3J\x1b[H${said}`);
}
