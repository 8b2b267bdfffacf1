import type { CheckNotNegative, CheckRate } from "../ir/option-checks.js";
import { notNegative, type OptionRules, rate } from "../ir/options.js";
import { type CheckLearningRate, type LearningRate, learningRateRule } from "./schedules/schedule.js";

/** What Adam and its relatives are set by. */
export interface AdamBetas<
  Op extends string = string,
  B1 extends number = number,
  B2 extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
> {
  /** The step size, or a schedule. @default 0.001 */
  readonly learningRate?: L & CheckLearningRate<Op, L>;
  /** How much of the mean of gradients is kept. @default 0.9 */
  readonly beta1?: B1 & CheckRate<Op, "beta1", B1>;
  /** How much of what is kept of the gradients' sizes is kept. @default 0.999 */
  readonly beta2?: B2 & CheckRate<Op, "beta2", B2>;
  /** Keeps the division away from zero. @default 1e-7 */
  readonly epsilon?: E & CheckNotNegative<Op, "epsilon", E>;
}

export const adamRules: OptionRules<AdamBetas> = {
  learningRate: learningRateRule,
  beta1: rate,
  beta2: rate,
  epsilon: notNegative,
};
