import { ShapewrightError } from "../../src/ir/errors.js";
import {
  anything,
  aRecord,
  count,
  flag,
  having,
  integer,
  listOf,
  natural,
  type OptionRule,
  type OptionRules,
  oneOf,
  text,
} from "../../src/ir/options.js";
import type { Callback } from "../callbacks/callback.js";
import type { Signal } from "../signal.js";
import { callbacksRule } from "./callbackRunner.js";
import type { EpochReports, MonitoredBy } from "./history.js";
import { type Verbosity, verbosities } from "./progress.js";
import { sourceRule } from "./source.js";
import type { WatchOptions } from "./watch/watchOptions.js";

/** Options of training that do not depend on what it is given. */
export interface EpochSettings {
  /** How often all samples are seen; with `initialEpoch`, as in Keras, the number of epochs at which training ends. @default 1 */
  readonly epochs?: number;
  /**
   * How many epochs have been before, from 0: as many as the session has been trained for, unless said otherwise. With it, and
   * with the weights set, another session goes on where one has ended: of `{ initialEpoch: 5, epochs: 8 }`, three epochs are left, and of
   * `{ initialEpoch: 8, epochs: 8 }` none. Without `epochs`, it is one.
   *
   * @default session.epochs
   */
  readonly initialEpoch?: number;
  /**
   * How training is reported: `"auto"` is a bar on a terminal, a line per epoch elsewhere; `"json"` is a record of JSON per epoch. Keras's
   * numbers: 0 is `"silent"`, 1 `"bar"` and 2 `"lines"`.
   *
   * @default "auto"
   */
  readonly verbose?: Verbosity;
  /** Stops training between two calls of the backend. The weights stay as they are then. */
  readonly signal?: Signal;
  /**
   * Whether training ends, with SW_DIVERGED, when its loss is infinite or NaN, or weights are, which are looked at from time to time and in the
   * end. The weights stay as the last call of the backend left them.
   *
   * `"locate"` looks at the loss and at all weights after each step, names the op that made the first such number, with its layer and
   * with what it made it of, and leaves the weights as they were before that step. It is slow: for a run that has diverged.
   *
   * @default true
   */
  readonly terminateOnNaN?: boolean | "locate";
  /**
   * How many steps make an epoch, where it is not one round of the samples, or of the source: each epoch goes on where the one before has
   * ended, and what has ended begins again.
   */
  readonly stepsPerEpoch?: number;
  /** After which epochs the validation data is evaluated: after every so many, or after those of these numbers, from 1. @default 1 */
  readonly validationFreq?: number | readonly number[];
  /** How many of the validation data's samples go through the model at once. @default batchSize */
  readonly validationBatchSize?: number;
  /** How many steps of the validation data are taken, from its beginning: all, unless said otherwise. */
  readonly validationSteps?: number;
  /**
   * A file that training is kept in after each epoch, every five minutes within one, and where Ctrl-C ends it, with what callbacks
   * remember, until it ends. Where it is there, training goes on from it: the same program that is started again after it was killed ends
   * with the weights, bit for bit, that it would have had. What was called otherwise is refused: with other options, another program, or data
   * of which a row is another, of validation, too; of a source, another first batch is told. Where it cannot be written as training begins, that is refused (SW_FILE); later, as
   * when a disk is full, it is told once and tried again, what was kept before stays, and training goes on.
   */
  readonly backup?: string;
  /**
   * Whether training can be watched: its log is written to a file, and a page shows it while it goes on, on this computer alone, where it can
   * be paused, stopped and saved. The page's address is printed. `shapewright watch` shows the log afterwards. Where the log cannot be written
   * as training begins, that is refused (SW_FILE); later, it is told once, and training goes on.
   *
   * @default false
   */
  readonly watch?: boolean | WatchOptions;
}

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
  /** What part of the samples, the last ones as they are given, is not trained on but is the validation data: between 0 and 1. */
  readonly validationSplit?: number;
}

/** Options of `fitBatches` that do not depend on the model's types. */
export interface FitBatchesSettings extends EpochSettings {
  /** How many samples a step takes, over the bounds of batches: as many as the batch has, unless said otherwise. */
  readonly batchSize?: number;
}

/** What `terminateOnNaN` may be. */
export const flagOrLocate: OptionRule = {
  takes: 'true, false or "locate"',
  accepts: (value) => value === "locate" || flag.accepts(value),
};

const epochRules: OptionRules<EpochSettings & CallbackOptions> = {
  epochs: count,
  initialEpoch: natural,
  verbose: oneOf(verbosities),
  stepsPerEpoch: count,
  validationFreq: { takes: "a positive integer, or a list of epochs", accepts: isFrequency },
  validationBatchSize: count,
  validationSteps: count,
  signal: having("an AbortSignal", "throwIfAborted", "addEventListener"),
  terminateOnNaN: flagOrLocate,
  backup: text,
  watch: { takes: 'true, false, or options such as { log: "runs/digits.jsonl" }', accepts: isWatch },
  callbacks: callbacksRule,
};

function isWatch(value: unknown): boolean {
  return flag.accepts(value) || aRecord.accepts(value);
}

function isFrequency(value: unknown): boolean {
  return count.accepts(value) || (listOf(count).accepts(value) && (value as readonly number[]).length > 0);
}

function isPart(value: unknown): boolean {
  return typeof value === "number" && value > 0 && value < 1;
}

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
  validationSplit: { takes: "a number between 0 and 1", accepts: isPart },
};

export const fitBatchesRules: OptionRules<
  FitBatchesSettings & CallbackOptions & { readonly validationData?: unknown; readonly validationBatches?: unknown }
> = {
  ...epochRules,
  batchSize: count,
  validationData: { ...pair, takes: `${pair.takes}; a source goes to validationBatches` },
  validationBatches: sourceRule,
};

/**
 * @throws SW_VALUE where validation data is given in two ways, or something is said of validation data and there is none
 */
export function checkValidation(op: string, options: EpochSettings, ways: readonly string[]): void {
  const has = (name: string) => (options as Readonly<Record<string, unknown>>)[name] !== undefined;
  const given = ways.filter(has);
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);
  if (given.length > 1)
    throw refuse(`${given.join(" and ")} are given, but there is one validation data; leave one out`);
  const without = ["validationFreq", "validationBatchSize", "validationSteps"].find(has);
  if (given.length === 0 && without)
    throw refuse(`${without} is given, but there is no validation data; give ${ways.join(" or ")}`);
}

/** How many epochs are trained. */
export function epochsOf({ epochs, initialEpoch }: EpochSettings): number {
  return initialEpoch === undefined ? (epochs ?? 1) : Math.max(0, (epochs ?? initialEpoch + 1) - initialEpoch);
}
