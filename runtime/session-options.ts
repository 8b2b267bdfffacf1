import { anything, count, type OptionRules } from "../src/ir/options.js";
import { flagOrLocate } from "./fit/settings.js";

/**
 * Weights of samples, for programs that are compiled with them: one for each sample or place; where there are several outputs, by
 * their names. What has none counts as 1.
 *
 * @typeParam S the weights as they are given
 */
export interface WeightOptions<S = any> {
  /** The weights: from 0 on, each. */
  readonly sampleWeight?: S;
}

/** Samples that are not trained on, with their targets. */
export interface ValidationOptions<X, Y, S = any> {
  /** Evaluated after each epoch, and reported as `val_loss` and so on. */
  readonly validationData?: readonly [inputs: X, target: Y, sampleWeight?: S];
}

/** Options of `evaluate` and `predict`. */
export interface BatchOptions {
  /** How many samples go through the model at once; of batches from a source, as many as each has. @default 32 */
  readonly batchSize?: number;
}

/** Options of `trainStep` and `evaluateStep`. */
export interface StepOptions {
  /** How many samples a step takes: all of the batch, unless said otherwise. The steps of a batch run in one call of the backend. */
  readonly batchSize?: number;
}

/** Options of `trainStep`. */
export interface TrainStepOptions extends StepOptions {
  /**
   * Whether a loss that is infinite or NaN after the step is an error, SW_DIVERGED. The weights stay as the step left them.
   *
   * `"locate"` looks at all weights, too, names the op that made the first such number, with its layer and with what it made it of, and
   * leaves the weights as they were before that step. It is slow: for training that has diverged.
   *
   * @default true
   */
  readonly terminateOnNaN?: boolean | "locate";
}

export const trainStepRules: OptionRules<TrainStepOptions> = { batchSize: count, terminateOnNaN: flagOrLocate };
export const batchRules: OptionRules<BatchOptions> = { batchSize: count };
export const evaluateRules: OptionRules<BatchOptions & WeightOptions> = { ...batchRules, sampleWeight: anything };
