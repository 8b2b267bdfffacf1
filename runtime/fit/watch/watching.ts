import { host } from "#host";
import type { Program } from "../../../compiler/program.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { checkOptions } from "../../../src/ir/options.js";
import type { Callback, Training } from "../../callbacks/callback.js";
import { filesFor } from "../../host/filesFor.js";
import type { RunEnded } from "../../watch/records.js";
import type { Serving } from "../../watch/serving.js";
import type { Totals } from "../totals.js";
import { type InspectedSteps, inspecting } from "./inspecting.js";
import { logWriter } from "./logWriter.js";
import { inWords, Requests } from "./requests.js";
import { RunLog } from "./runLog.js";
import { type WatchOptions, watchRules } from "./watchOptions.js";

/** Training that is watched. */
export interface Watching {
  /** Writes the log, and ends training where that was asked for. */
  readonly callback: Callback;
  beginEpoch(totals: Totals, steps: number | undefined): void;
  /** Steps have been taken. Where a pause was asked for, it lasts as long as `wait` does. */
  pause(wait: (resumed: Promise<void>) => Promise<void>): Promise<void>;
  end(how: RunEnded["how"], text: string): void;
  close(): Promise<void>;
}

/** What is watched. */
export interface Watched {
  readonly op: string;
  readonly program: Program;
  readonly backend: string;
  readonly batchSize: number | undefined;
  /** How many epochs have passed. */
  readonly before: number;
  save(file: string): Promise<void>;
  readonly steps: InspectedSteps;
}

/**
 * Begins to watch.
 *
 * @throws SW_VALUE for options that are none; SW_FILE where the log is another file, or cannot be read; SW_BACKEND where no page can be served
 */
export async function watching(given: true | WatchOptions, watched: Watched): Promise<Watching> {
  const { op, program } = watched;
  const options = given === true ? {} : given;
  checkOptions(`${op}: watch`, options, watchRules);
  const { log: path = defaultLog() } = options;
  const write = await logWriter(op, path);
  let serving: Serving | undefined;
  const log = new RunLog((record) => {
    write(record);
    serving?.renew();
  });
  const requests = new Requests(log, async (addition) => {
    const file = await newFile(op, `${path.replace(/\.jsonl$/, "")}${addition}`, ".safetensors");
    await watched.save(file);
    return file;
  });
  const inspection = options.statistics === false ? undefined : inspecting(program, watched.steps, log);
  if (options.page ?? true) serving = await serve(op, path, options, requests);
  const stopIfWanted = (training: Training) => {
    if (requests.isStopWanted) training.stop("watch: stopped on the page");
  };
  return {
    callback: {
      name: "watch",
      async onTrainBegin({ epochs }) {
        const { backend, before, batchSize = null } = watched;
        log.begin(program, { op, backend, batchSize, epochs, before });
        await inspection?.begin();
      },
      onProgress(training) {
        log.writeSteps(training);
        stopIfWanted(training);
      },
      onEpochEnd(training) {
        log.writeSteps(training);
        log.writeEpoch(training);
        stopIfWanted(training);
      },
    },
    beginEpoch: (totals, steps) => log.beginEpoch(totals, steps),
    pause: (wait) => requests.pause(wait),
    end: (how, text) => log.end(how, text),
    async close() {
      inspection?.end();
      await serving?.close();
    },
  };
}

async function serve(op: string, log: string, options: WatchOptions, requests: Requests): Promise<Serving> {
  const refused = (why: string) =>
    new ShapewrightError("SW_BACKEND", `${op}: the page of watch cannot be served: ${why}`, op);
  if (!host.serveRuns) throw refused("only Node.js has servers");
  const { port, onListening } = options;
  const folder = log.replace(/[^/\\]*$/, "") || ".";
  const control = { log, act: requests.act.bind(requests) };
  const serving = await host.serveRuns({ path: folder, port, control }).catch((error: unknown) => {
    throw refused(inWords(error));
  });
  try {
    onListening?.(serving.url);
  } catch (error) {
    await serving.close();
    throw error;
  }
  // The address ends the line: a sign behind it would be taken along where it is copied.
  if (!onListening) host.reports.write(`${op}: its log is ${log}; watch it at ${serving.url}\n`);
  return serving;
}

/** Processes that begin in the same second have logs of their own. */
function defaultLog(): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const own = crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36);
  return `runs/${time}-${own}.jsonl`;
}

/** The path of a file that is not there yet: what another run of the same log has saved stays. */
async function newFile(op: string, stem: string, ending: string): Promise<string> {
  const files = await filesFor(op, stem);
  const name = (number: number) => `${stem}${number === 1 ? "" : `_${number}`}${ending}`;
  let number = 1;
  while (files.exists(name(number))) number += 1;
  return name(number);
}
