import type { OptionRules } from "../ir/options.js";
import { type LearningRate, learningRateRule } from "./schedules/schedule.js";
import { notNegative, share } from "./settings.js";

/** What Adam and its relatives are set by. */
export interface AdamBetas {
  /** The step size, or a schedule. @default 0.001 */
  readonly learningRate?: LearningRate;
  /** How much of the mean of gradients is kept. @default 0.9 */
  readonly beta1?: number;
  /** How much of what is kept of the gradients' sizes is kept. @default 0.999 */
  readonly beta2?: number;
  /** Keeps the division away from zero. @default 1e-7 */
  readonly epsilon?: number;
}

export const adamRules: OptionRules<AdamBetas> = {
  learningRate: learningRateRule,
  beta1: share,
  beta2: share,
  epsilon: notNegative,
};
