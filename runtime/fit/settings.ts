import {
  anything,
  count,
  flag,
  having,
  integer,
  natural,
  type OptionRules,
  oneOf,
  text,
} from "../../src/ir/options.js";
import type { Callback } from "../callbacks/callback.js";
import { callbacksRule } from "./callbackRunner.js";
import type { EpochReports, MonitoredBy } from "./history.js";
import { type Verbosity, verbosities } from "./progress.js";
import { sourceRule } from "./source.js";

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
  /**
   * A file that training is kept in after each epoch, with what callbacks remember, until it ends. Where it is there, training goes on from it:
   * the same program that is started again after it was killed ends with the weights, bit for bit, that it would have had.
   */
  readonly backup?: string;
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
}

/** Options of `fitBatches` that do not depend on the model's types. */
export interface FitBatchesSettings extends EpochSettings {
  /** How many samples a step takes, over the bounds of batches: as many as the batch has, unless said otherwise. */
  readonly batchSize?: number;
}

const epochRules: OptionRules<EpochSettings & CallbackOptions> = {
  epochs: count,
  initialEpoch: natural,
  verbose: oneOf(verbosities),
  signal: having("an AbortSignal", "throwIfAborted", "addEventListener"),
  terminateOnNaN: flag,
  backup: text,
  callbacks: callbacksRule,
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
