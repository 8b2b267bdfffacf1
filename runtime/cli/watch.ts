import { existsSync } from "node:fs";
import { Command } from "commander";
import { CommandError } from "../files/command-error.js";
import { port } from "../watch/port.js";
import { Journal } from "../watch/server/journal.js";
import { serveRuns } from "../watch/server/serveRuns.js";
import { watchPage } from "../watch/server/watchPage.js";
import { integerBy } from "./integerBy.js";
import { checkOut, writeOut } from "./out-file.js";
import { type Terminal, thisTerminal } from "./terminal.js";

export interface WatchOptions {
  readonly html?: string;
  readonly port?: number;
}

/** The command `shapewright watch`. */
export function watchCommand(): Command {
  return new Command("watch")
    .argument("<run>", "the log of a run, or a folder of them, such as runs")
    .option("--port <number>", "the port of the page; 0 for one that is free", integerBy(port), 0)
    .option("--html <out>", "write a self-contained page instead")
    .action(async (run: string, options: WatchOptions) => {
      await watchRuns(run, options, thisTerminal());
    });
}

/** Serves the page until the process ends, and gives what ends it before; or writes it. */
export async function watchRuns(
  path: string,
  { html, port: wanted }: WatchOptions,
  terminal: Terminal,
): Promise<() => Promise<void>> {
  if (!existsSync(path)) throw new CommandError(`there is no log or folder ${path}`, 1);
  if (html !== undefined) checkOut("--html", html, "runs.html");
  const { entries } = new Journal(path);
  if (entries.length === 0)
    throw new CommandError(`there is no log of a run in ${path}; fit(…, { watch: true }) writes one`, 1);
  if (html !== undefined) {
    writeOut(html, await watchPage({ isLive: false, controlled: null }, entries));
    terminal.err(`Wrote ${html}`);
    return async () => {};
  }
  const serving = await serveRuns({ path, port: wanted }).catch((error: unknown) => {
    throw new CommandError(`the page cannot be served: ${(error as Error).message}`, 1);
  });
  terminal.out(serving.url);
  terminal.err("Shows the runs as they go on; Ctrl-C ends it.");
  return serving.close;
}
