import { Command, InvalidArgumentError, Option } from "commander";
import { ShapewrightError } from "../../src/ir/errors.js";
import { type BackendName, backendNames } from "../backends/backend.js";
import { CommandError } from "../files/command-error.js";
import { reasonOf } from "../files/writeWhole.js";
import { type Terminal, thisTerminal } from "./terminal.js";

/** What the command line says; the rest has defaults. */
export interface ServeOptions {
  readonly name?: string;
  readonly modelVersion?: string;
  readonly host: string;
  readonly port: number;
  readonly maxBatch: number;
  readonly maxDelay: number;
  readonly maxBody: number;
  readonly timeout: number;
  readonly backend?: BackendName;
  readonly threads?: number;
}

/** The command `shapewright serve`. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("answer predictions of a saved model over HTTP, as TensorFlow Serving does")
    .argument("<model>", "a file that saveModel has written")
    .option("--name <name>", "the model's name in addresses (default: its metadata's, or the file's)", name)
    .option("--model-version <version>", "its version in addresses (default: its metadata's, or 1)", name)
    .option("--host <address>", "where to listen; 0.0.0.0 for all networks", "127.0.0.1")
    .option("--port <port>", "the port; 0 for one that is free", numberFrom(0, 65_535), 8501)
    .option("--max-batch <samples>", "how many samples of requests go through the model together", numberFrom(1), 32)
    .option("--max-delay <milliseconds>", "how long a sample waits for others", numberFrom(0), 2)
    .option("--max-body <megabytes>", "how large a request may be", numberFrom(1), 16)
    .option("--timeout <seconds>", "how long a prediction may take", numberFrom(1), 30)
    .addOption(new Option("--backend <name>", "which backend runs it").choices(backendNames))
    .option("--threads <number>", "how many threads native TensorFlow computes with", numberFrom(1))
    .addHelpText("after", `${help}\n`)
    .action((file: string, options: ServeOptions) => serve(file, options, thisTerminal(), ended()));
}

const help = `
  POST /v1/models/NAME:predict   {"instances": [sample, …]} or {"inputs": {NAME: samples}}
  GET  /v1/models/NAME           its status; with /metadata, what it takes and gives
  GET  /healthz, /metrics        for those who watch over it; metrics are Prometheus's

On SIGTERM and Ctrl-C it takes no more requests, answers those that it has, and ends.

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
  const { maxBody, modelVersion, host, ...others } = options;
  const onError = (error: unknown) =>
    terminal.err(terminal.styleError("red", `shapewright: a prediction failed: ${(error as Error).message}`));
  const settings = { ...others, host, version: modelVersion, maxBody: maxBody * 1e6, onError };
  const { served, port, stop } = await serveModel(file, settings).catch((error: unknown) => {
    if (error instanceof ShapewrightError) throw new CommandError(error.message.replace(/^serve: /, ""), 1);
    if (error instanceof Error && "syscall" in error)
      throw new CommandError(`serve: ${host}:${options.port}: ${reasonOf(error)}`, 1);
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
  return Promise.race(
    ["SIGTERM", "SIGINT"].map((signal) => new Promise<void>((resolve) => process.once(signal, () => resolve()))),
  );
}

function name(text: string): string {
  if (/^[\w.-]+$/.test(text)) return text;
  throw new InvalidArgumentError("It stands in addresses: letters, digits, _, . and - are taken.");
}

function numberFrom(least: number, most = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`It is an integer ${range}.`);
  };
}
