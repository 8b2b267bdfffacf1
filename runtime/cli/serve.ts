import { Command, InvalidArgumentError, Option } from "commander";
import { ShapewrightError } from "../../src/ir/errors.js";
import { count, integerIn } from "../../src/ir/options.js";
import { type BackendName, backendNames } from "../backends/backend.js";
import { CommandError } from "../files/command-error.js";
import { isServedName, servedNames } from "../serve/isServedName.js";
import { port } from "../watch/port.js";
import { integerBy } from "./integerBy.js";
import { type Terminal, thisTerminal } from "./terminal.js";

/** What the command line says; the rest has defaults. */
export interface ServeOptions {
  readonly name?: string;
  readonly modelVersion?: string;
  readonly host: string;
  readonly allowedHost?: readonly string[];
  readonly port: number;
  readonly maxBatch: number;
  readonly maxDelay: number;
  readonly maxQueue: number;
  readonly maxBody: number;
  readonly timeout: number;
  readonly backend?: BackendName;
  readonly threads?: number;
}

/** How many milliseconds a timer can take: one of more than 31 bits would be over at once. */
const longest = 2 ** 31 - 1;
/** Seconds that clients are waited for, and then some. */
const seconds = integerIn(1, 2_000_000);

/** The command `shapewright serve`. */
export function serveCommand(): Command {
  return new Command("serve")
    .argument("<model>", "a file that saveModel has written")
    .option("--name <name>", "the model's name in addresses (default: its metadata's, or the file's)", name)
    .option("--model-version <version>", "its version in addresses (default: its metadata's, or 1)", name)
    .option("--host <address>", "where to listen; 0.0.0.0 for all networks", "127.0.0.1")
    .option("--allowed-host <name>", "a name it may be asked by, such as a reverse proxy's; may be repeated", hostName)
    .option("--port <port>", "the port; 0 for one that is free", integerBy(port), 8501)
    .option("--max-batch <samples>", "how many samples of requests go through the model together", integerBy(count), 32)
    .option("--max-delay <milliseconds>", "how long a sample waits for others", integerBy(integerIn(0, longest)), 2)
    .option(
      "--max-queue <requests>",
      "how many requests may wait; others are told to come later",
      integerBy(count),
      1000,
    )
    .option("--max-body <megabytes>", "how large a request may be", integerBy(integerIn(1, 500)), 16)
    .option(
      "--timeout <seconds>",
      "how long a request may take, from its head to the prediction",
      integerBy(seconds),
      30,
    )
    .addOption(new Option("--backend <name>", "which backend runs it").choices(backendNames))
    .option("--threads <number>", "how many threads native TensorFlow computes with", integerBy(count))
    .addHelpText("after", `${help}\n`)
    .action((file: string, options: ServeOptions) => serve(file, options, thisTerminal(), ended()));
}

const help = `
  POST /v1/models/NAME:predict  {"instances": [sample, …]}
                                or {"inputs": {NAME: samples}}
  GET  /v1/models/NAME          its status; with /metadata, what it takes and
                                gives
  GET  /healthz, /metrics       for those who watch over it; metrics are
                                Prometheus's

On this computer alone it is asked by addresses and as localhost, and by the
names of --allowed-host: another name is another site's. On networks, without
--allowed-host, by any name.
On SIGTERM and Ctrl-C it takes no more requests, answers those that it has, and
ends.

Example:
  shapewright serve models/digits.shapewright --port 8501`;

/** Serves a model until `end`. */
export async function serve(
  file: string,
  options: ServeOptions,
  terminal: Terminal,
  end: Promise<unknown>,
): Promise<void> {
  const { serveModel } = await import("../serve/serveModel.js");
  const { NotListening } = await import("../server/startServer.js");
  const { maxBody, modelVersion, allowedHost, host, ...others } = options;
  const onError = (error: unknown) =>
    terminal.err(terminal.styleError("red", `shapewright: a prediction failed: ${(error as Error).message}`));
  const settings = {
    ...others,
    host,
    version: modelVersion,
    allowedHosts: allowedHost,
    maxBody: maxBody * 1e6,
    onError,
  };
  const { served, port, stop } = await serveModel(file, settings).catch((error: unknown) => {
    if (error instanceof ShapewrightError) throw new CommandError(error.message.replace(/^serve: /, ""), 1, error.code);
    if (error instanceof NotListening) throw new CommandError(error.message, 1);
    throw error;
  });
  if (served.alone !== undefined)
    terminal.err(`shapewright: each request goes through the model alone: ${served.alone}`);
  const address = host.includes(":") ? `[${host}]` : host;
  terminal.out(
    `serving ${served.name}, version ${served.version}, at http://${address}:${port}/v1/models/${served.name}:predict`,
  );
  await end;
  terminal.err("shapewright: ending, when what was asked is answered");
  await stop();
}

/** Resolves when the process is asked to end. Asked once more, it ends at once. */
function ended(): Promise<unknown> {
  const signals = ["SIGTERM", "SIGINT"];
  return new Promise<void>((resolve) => {
    const end = () => {
      for (const signal of signals) process.off(signal, end);
      resolve();
    };
    for (const signal of signals) process.on(signal, end);
  });
}

function name(text: string): string {
  if (isServedName(text)) return text;
  throw new InvalidArgumentError(`It stands in addresses: it takes ${servedNames}.`);
}

/** A name that is looked for in requests, after those that were given before. */
function hostName(text: string, before: readonly string[] = []): readonly string[] {
  if (/^(\*|\.?[\w-]+(\.[\w-]+)*)$/.test(text)) return [...before, text];
  throw new InvalidArgumentError('It is a name without a port, such as models.example.com, .example.com or "*".');
}
