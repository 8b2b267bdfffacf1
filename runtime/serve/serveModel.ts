import { parse } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { inputNodes } from "../../compiler/program.js";
import type { BackendName } from "../backends/backend.js";
import { checkInputs, type InputArrays } from "../data/samples.js";
import { predict } from "../fit/predict.js";
import { openModel } from "../loadModel.js";
import { type Listening, startServer } from "../server/startServer.js";
import { anyHost } from "../server/whyRefused.js";
import { admission } from "./admission.js";
import { appOf } from "./app.js";
import { batches } from "./batches.js";
import { isServedName } from "./isServedName.js";
import { countMetrics } from "./metrics.js";
import { type Served, servedOf } from "./served.js";

export interface ServeSettings {
  /** Its name in addresses: what its metadata say, or the file's name, unless said otherwise. */
  readonly name?: string | undefined;
  /** What its metadata say, or 1, unless said otherwise. */
  readonly version?: string | undefined;
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /**
   * Names by which it may be asked besides addresses and localhost, such as a reverse proxy's: `.example.com` is that and all names below
   * it, `*` any. Unless said otherwise, none where it listens on this computer alone, else any.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /** How many samples go through the model at once. */
  readonly maxBatch: number;
  /** How many milliseconds a sample waits for those of other requests. */
  readonly maxDelay: number;
  /** How many requests may wait and be answered at once. */
  readonly maxQueue: number;
  /** How many bytes a request's body may have. */
  readonly maxBody: number;
  /** How many seconds a request may take, from its head to the prediction, and what is under way when the server stops. */
  readonly timeout: number;
  readonly backend?: BackendName | undefined;
  readonly threads?: number | undefined;
  onError(error: unknown): void;
}

/** A model that answers. */
export interface Serving {
  readonly served: Served;
  readonly port: number;
  /** Answers what it has been asked, and ends. */
  stop(): Promise<void>;
}

/** How long a client may take for a request, in milliseconds: Node's own limits are minutes. */
const slowest = {
  ...{ headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 },
  connectionsCheckingInterval: 1000,
};
/** How much longer than a prediction may take nothing may come or go, in milliseconds. */
const silence = 30_000;

/** What can stand in an address. */
function textOf(value: unknown): string | undefined {
  return ["string", "number"].includes(typeof value) && isServedName(String(value)) ? String(value) : undefined;
}

/**
 * Serves a model's file over HTTP.
 *
 * @throws SW_FILE when it cannot be read; the system's error when it cannot listen
 */
export async function serveModel(file: string, settings: ServeSettings): Promise<Serving> {
  const { maxBatch, maxDelay, backend, threads } = settings;
  const { program, executable, about } = await openModel("serve", file, { backend, threads });
  const {
    name = textOf(about.metadata.name) ?? parse(file).name.replaceAll(/[^\w.-]/g, "_"),
    version = textOf(about.metadata.version) ?? "1",
  } = settings;
  const served = servedOf(program, inputNodes(program.model.inputs), { name, version });
  const isAlone = served.alone !== undefined;
  const run = (inputs: InputArrays, signal: AbortSignal) =>
    predict(executable, inputs, isAlone ? Infinity : maxBatch, signal);
  const onBatch = (samples: number) => metrics.batch(samples);
  const together = batches(run, { maxBatch: isAlone ? 1 : maxBatch, maxDelay, onBatch });
  const admitted = admission(settings.maxQueue);
  const metrics = countMetrics({ waiting: together.waiting, requests: admitted.count });
  const app = appOf({
    ...{ served, metrics, admission: admitted, onError: settings.onError },
    limits: { body: settings.maxBody, seconds: settings.timeout },
    check: (inputs) => checkInputs(program.model.inputs, inputs),
    predict: together.predict,
  });
  let listening: Listening;
  try {
    listening = await listen(app, settings);
  } catch (error) {
    executable.dispose();
    throw error;
  }
  return {
    served,
    port: listening.port,
    async stop() {
      together.hurry();
      await listening.stop(settings.timeout * 1000);
      executable.dispose();
    },
  };
}

function listen(app: Hono, { host, port, timeout, allowedHosts }: ServeSettings): Promise<Listening> {
  const answer = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    // Who says no name asks for the one that there is.
    hostname: "localhost",
    errorHandler: (error) => Response.json({ error: (error as Error).message }, { status: 400 }),
  });
  return startServer((request, response) => void answer(request, response), {
    ...{ host, port, timeouts: slowest, silence: timeout * 1000 + silence },
    allowedHosts: allowedHosts ?? (isLoopback(host) ? [] : [anyHost]),
    refuse(response, why) {
      const text = JSON.stringify({ error: `${why}; --allowed-host says who may` });
      const length = Buffer.byteLength(text);
      response.writeHead(403, { "Content-Type": "application/json", "Content-Length": length, Connection: "close" });
      response.end(text);
    },
  });
}

/** Whether what listens there is reached from this computer alone. */
function isLoopback(host: string): boolean {
  return /^(localhost|::1|127(\.\d+){3})$/i.test(host);
}
