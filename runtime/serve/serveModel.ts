import { parse } from "node:path";
import { inputNodes } from "../../compiler/program.js";
import type { BackendName } from "../backends/backend.js";
import { checkInputs, type InputArrays } from "../data/samples.js";
import { predict } from "../fit/predict.js";
import { openModel } from "../loadModel.js";
import { appOf } from "./app.js";
import { batches } from "./batches.js";
import { countMetrics } from "./metrics.js";
import { type Served, servedOf } from "./served.js";
import { type Listening, startServer } from "./startServer.js";

export interface ServeSettings {
  /** Its name in addresses: what its metadata say, or the file's name, unless said otherwise. */
  readonly name?: string | undefined;
  /** What its metadata say, or 1, unless said otherwise. */
  readonly version?: string | undefined;
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** How many samples go through the model at once. */
  readonly maxBatch: number;
  /** How many milliseconds a sample waits for those of other requests. */
  readonly maxDelay: number;
  /** How many bytes a request's body may have. */
  readonly maxBody: number;
  /** How many seconds a prediction may take, and what is under way when the server stops. */
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

const never = new AbortController().signal;

/** What can stand in an address. */
function textOf(value: unknown): string | undefined {
  return ["string", "number"].includes(typeof value) && isName(String(value)) ? String(value) : undefined;
}

/** Whether a model or a version can be named so. */
function isName(name: string): boolean {
  return /^[\w.-]+$/.test(name);
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
  const run = (inputs: InputArrays) => predict(executable, inputs, isAlone ? Infinity : maxBatch, never);
  const onBatch = (samples: number) => metrics.batch(samples);
  const together = batches(run, { maxBatch: isAlone ? 1 : maxBatch, maxDelay, onBatch });
  const metrics = countMetrics(together.waiting);
  const app = appOf({
    ...{ served, metrics, onError: settings.onError },
    limits: { body: settings.maxBody, seconds: settings.timeout },
    check: (inputs) => checkInputs(program.model.inputs, inputs),
    predict: together.predict,
  });
  let listening: Listening;
  try {
    listening = await startServer(app, settings.host, settings.port);
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
