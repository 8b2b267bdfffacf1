import type { Program } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { anything, count, flag, having, integer, natural, type OptionRules, oneOf } from "../../src/ir/options.js";
import type { Executable } from "../backends/backend.js";
import type { Callback } from "../callbacks/callback.js";
import { callbackRunner, callbacksRule, type TrainingHands } from "./callbackRunner.js";
import { checkConverging } from "./checkConverging.js";
import type { Feed } from "./feed.js";
import { Interrupt } from "./interrupt.js";
import { Pace } from "./pace.js";
import { reporter, type Verbosity, verbosities } from "./progress.js";
import { sourceRule } from "./source.js";
import { type Reports, Totals } from "./totals.js";

/** Options of training that do not depend on what it is given. */
export interface EpochSettings {
  /** How often all samples are seen. @default 1 */
  readonly epochs?: number;
  /**
   * The number of the first epoch, from 0: as many as the session has been trained for, unless said otherwise. With it, and
   * with the weights set, another session goes on where one has ended.
   *
   * @default session.epochs
   */
  readonly initialEpoch?: number;
  /** How training is reported: `"auto"` is a bar on a terminal, a line per epoch elsewhere. @default "auto" */
  readonly verbose?: Verbosity;
  /** Stops training between two calls of the backend. The weights stay as they are then. */
  readonly signal?: AbortSignal;
  /**
   * Whether training ends, with SW_DIVERGED, when its loss is infinite or NaN. The weights stay as the last call of the
   * backend left them.
   *
   * @default true
   */
  readonly terminateOnNaN?: boolean;
}

/**
 * What is reported of an epoch, as callbacks see it.
 *
 * @typeParam R what the metrics report
 */
export type EpochReports<R> = { readonly [K in "loss" | (keyof R & string)]: ReportOf<R, K> } & {
  readonly [K in "loss" | (keyof R & string) as `val_${K}`]?: ReportOf<R, K>;
};

/** The names of what is reported as numbers. */
export type MonitoredBy<R> = {
  [K in "loss" | (keyof R & string)]: ReportOf<R, K> extends number ? K | `val_${K}` : never;
}["loss" | (keyof R & string)];

/** Options of training that depend on what is reported. */
export interface CallbackOptions<R = any> {
  /** What is done between epochs, in this order: `earlyStopping`, `modelCheckpoint` and their like, or functions of your own. */
  readonly callbacks?: readonly Callback<EpochReports<R>, MonitoredBy<R>>[];
}

/** Options of `fit` that do not depend on the model's types. */
export interface FitSettings extends EpochSettings {
  /** How many samples a step takes. The last step of an epoch takes what is left. @default 32 */
  readonly batchSize?: number;
  /** Whether each epoch sees the samples in a new random order. @default true */
  readonly shuffle?: boolean;
  /** Where random orders start from. The order of an epoch depends on this and on the epoch's number alone. @default 0 */
  readonly seed?: number;
}

/** Options of `fitBatches` that do not depend on the model's types. */
export interface FitBatchesSettings extends EpochSettings {
  /** How many samples a step takes, over the bounds of batches: as many as the batch has, unless said otherwise. */
  readonly batchSize?: number;
}

const epochRules: OptionRules<EpochSettings & CallbackOptions> = {
  callbacks: callbacksRule,
  epochs: count,
  initialEpoch: natural,
  verbose: oneOf(verbosities),
  signal: having("an AbortSignal", "throwIfAborted", "addEventListener"),
  terminateOnNaN: flag,
};

/** What an untyped program may give for samples that are not trained on. */
export const pair = {
  takes: "[inputs, target]",
  accepts: (value: unknown) => Array.isArray(value) && (value.length === 2 || value.length === 3),
};

export const fitRules: OptionRules<
  FitSettings & CallbackOptions & { readonly validationData?: unknown; readonly sampleWeight?: unknown }
> = {
  ...epochRules,
  batchSize: count,
  shuffle: flag,
  seed: integer,
  validationData: pair,
  sampleWeight: anything,
};

export const fitBatchesRules: OptionRules<
  FitBatchesSettings & CallbackOptions & { readonly validationData?: unknown; readonly validationBatches?: unknown }
> = { ...epochRules, batchSize: count, validationData: pair, validationBatches: sourceRule };

/** What happened in training: for each epoch the loss and the metrics over its samples, as they were trained on. */
export interface History<R = unknown> {
  /** The numbers of the epochs, from 1, counted over all calls of a session. */
  readonly epoch: readonly number[];
  readonly seconds: readonly number[];
  readonly steps: number;
  /** Why a callback ended training before the last epoch, where one did. */
  readonly stopped?: string;
  readonly history: { readonly [K in "loss" | (keyof R & string)]: readonly ReportOf<R, K>[] } & {
    readonly [K in "loss" | (keyof R & string) as `val_${K}`]?: readonly ReportOf<R, K>[];
  };
}

/** What is reported under a key: of the loss a number, of a metric what it gives. */
export type ReportOf<R, K> = K extends keyof R ? R[K] : number;

/** How far a session has been trained: outlives the calls of `fit`. */
export interface Trained {
  epochs: number;
}

/** Trains on a feed, and evaluates on another after each epoch where there is one. Frees neither. */
export async function fit(
  op: string,
  program: Program,
  executable: Executable,
  feeds: { readonly train: Feed; readonly validation: Feed | undefined },
  settings: EpochSettings & CallbackOptions,
  trained: Trained,
  hands: TrainingHands,
  disposed: AbortSignal,
): Promise<History> {
  const { epochs = 1, initialEpoch = trained.epochs, verbose = "auto", signal, terminateOnNaN = true } = settings;
  const interrupt = new Interrupt(signal, disposed);
  const last = initialEpoch + epochs;
  const report = reporter(verbose, last);
  const common = { executable, interrupt };
  const trainPace = new Pace();
  const validationPace = new Pace();
  const record = { epoch: [] as number[], seconds: [] as number[] };
  const history = new Map<string, (number | NdArray)[]>();
  let [known, steps] = [feeds.train.steps, 0];
  let progress = { epoch: initialEpoch, reports: {}, seconds: 0 };
  const callbacks = callbackRunner(op, program, settings.callbacks ?? [], hands, last, feeds.validation !== undefined);
  try {
    await callbacks.call("onTrainBegin", progress);
    for (let epoch = initialEpoch; epoch < last && callbacks.stopped === undefined; epoch++) {
      await callbacks.call("onEpochBegin", { ...progress, epoch: epoch + 1 });
      const start = performance.now();
      report.begin(epoch + 1, known);
      const totals = new Totals(program);
      let before = 0;
      const onProgress = ({ steps, reports }: Totals) => {
        if (terminateOnNaN) checkConverging(reports.loss as number, epoch + 1, before, steps);
        before = steps;
        report.advance(steps, reports);
      };
      await feeds.train.run({ ...common, graph: "train", pace: trainPace, totals, onProgress }, epoch);
      trained.epochs = epoch + 1;
      known = totals.steps;
      steps += totals.steps;
      const validated = new Totals(program);
      await feeds.validation?.run({ ...common, graph: "evaluate", pace: validationPace, totals: validated }, epoch);
      const reports = { ...totals.reports, ...prefixed(validated.reports) };
      const seconds = (performance.now() - start) / 1000;
      report.end(reports, seconds);
      record.epoch.push(epoch + 1);
      record.seconds.push(seconds);
      for (const [name, value] of Object.entries(reports)) {
        const values = history.get(name) ?? [];
        history.set(name, values);
        values.push(value);
      }
      progress = { epoch: epoch + 1, reports, seconds };
      await callbacks.call("onEpochEnd", progress);
      interrupt.check();
    }
    await callbacks.call("onTrainEnd", progress);
  } finally {
    report.stop();
  }
  const { stopped } = callbacks;
  const why = stopped === undefined ? {} : { stopped };
  return { ...record, history: Object.fromEntries(history), steps, ...why } as unknown as History;
}

function prefixed(reports: Reports): Reports {
  return Object.fromEntries(Object.entries(reports).map(([name, value]) => [`val_${name}`, value]));
}
