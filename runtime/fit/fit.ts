import { ShapewrightError } from "../../src/ir/errors.js";
import { random, shuffled } from "../../src/ir/random.js";
import type { Executable } from "../backends/backend.js";
import type { Samples } from "../data/samples.js";
import { Pace } from "./pace.js";
import { reporter, type Verbosity } from "./progress.js";
import { type Means, runEpoch } from "./runEpoch.js";

/** Options of `fit` that do not depend on the model's types. */
export interface FitSettings {
  /** How often all samples are seen: 1. */
  readonly epochs?: number;
  /** How many samples a step takes: 32. The last step of an epoch takes what is left. */
  readonly batchSize?: number;
  /** Whether each epoch sees the samples in a new random order: true. */
  readonly shuffle?: boolean;
  /** Where random orders start from: 0. */
  readonly seed?: number;
  /** `auto`: a bar on a terminal, a line per epoch elsewhere. */
  readonly verbose?: Verbosity;
  /** Stops training between two calls of the backend. The weights stay as they are then. */
  readonly signal?: { throwIfAborted(): void };
}

/** What happened in training: for each epoch the mean loss and metrics over its samples, as they were trained on. */
export interface History<M extends string = string> {
  readonly epoch: readonly number[];
  readonly seconds: readonly number[];
  readonly steps: number;
  readonly history: Readonly<Record<"loss" | M, readonly number[]>> &
    Readonly<Partial<Record<"val_loss" | `val_${M}`, readonly number[]>>>;
}

/** Trains on checked samples, and evaluates on others after each epoch where there are any. */
export async function fit(
  executable: Executable,
  train: Samples,
  validation: Samples | undefined,
  settings: FitSettings,
): Promise<History> {
  const { epochs = 1, batchSize = 32, shuffle = true, seed = 0, verbose = "auto", signal } = settings;
  checkCount("fit", "epochs", epochs);
  checkCount("fit", "batchSize", batchSize);
  const report = reporter(verbose, epochs);
  const generator = random(seed, "shuffle");
  const pace = new Pace();
  const steps = Math.ceil(train.count / batchSize);
  const record = { epoch: [] as number[], seconds: [] as number[] };
  const history = new Map<string, number[]>();
  const data = executable.upload(train.inputs, train.target);
  const held = validation && executable.upload(validation.inputs, validation.target);
  held?.setOrder(identity(validation!.count));
  try {
    if (!shuffle) data.setOrder(identity(train.count));
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const start = performance.now();
      if (shuffle) data.setOrder(shuffled(train.count, generator));
      report.begin(epoch, steps);
      const common = { executable, batchSize, signal };
      const onProgress = (step: number, means: Means) => report.advance(step, means);
      const trained = await runEpoch({ ...common, graph: "train", data, count: train.count, pace, onProgress });
      const validated =
        held && (await runEpoch({ ...common, graph: "evaluate", data: held, count: validation!.count }));
      const means = { ...trained, ...prefixed(validated ?? {}) };
      const seconds = (performance.now() - start) / 1000;
      report.end(means, seconds);
      record.epoch.push(epoch);
      record.seconds.push(seconds);
      for (const [name, value] of Object.entries(means)) {
        const values = history.get(name) ?? [];
        history.set(name, values);
        values.push(value);
      }
    }
  } finally {
    report.stop();
    data.dispose();
    held?.dispose();
  }
  return { ...record, history: Object.fromEntries(history), steps: steps * epochs } as unknown as History;
}

/** The numbers 0 to `count` - 1. */
export function identity(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

/** Refuses a count that is not a positive integer. */
export function checkCount(op: string, name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new ShapewrightError("SW_VALUE", `${op}: ${name} is ${value}, but must be a positive integer`, op);
}

function prefixed(means: Means): Record<string, number> {
  return Object.fromEntries(Object.entries(means).map(([name, value]) => [`val_${name}`, value]));
}
