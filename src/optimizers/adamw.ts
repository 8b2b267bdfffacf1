import type { CheckNotNegative } from "../ir/option-checks.js";
import { flag, notNegative, type OptionRules } from "../ir/options.js";
import { type AdamOptions, adam } from "./adam.js";
import { adamRules } from "./adam-options.js";
import { type NamePattern, patternsRule } from "./names.js";
import type { Optimizer } from "./optimizer.js";
import type { LearningRate } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";
import { weightDecay as decaying } from "./weightDecay.js";

/** Settings of `adamw`. */
export interface AdamwOptions<
  B1 extends number = number,
  B2 extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
  W extends number = number,
> extends AdamOptions<B1, B2, E, L, "adamw"> {
  /** The share of a weight that it loses in a step, times the rate. @default 0.004 */
  readonly weightDecay?: W & CheckNotNegative<"adamw", "weightDecay", W>;
  /** Which variables do not decay, as of `weightDecay`. Nothing, unless said otherwise. */
  readonly excludeFromWeightDecay?: NamePattern | readonly NamePattern[];
}

const rules: OptionRules<AdamwOptions> = {
  ...adamRules,
  amsgrad: flag,
  weightDecay: notNegative,
  excludeFromWeightDecay: patternsRule,
};

/**
 * Adam, besides which weights decay: w := w - η·λ·w.
 * Source: Loshchilov and Hutter, "Decoupled weight decay regularization" (2019).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adamw({ learningRate: 3e-4, weightDecay: 0.01, excludeFromWeightDecay: /bias|gamma|beta/ });
 */
export function adamw<
  const B1 extends number = number,
  const B2 extends number = number,
  const E extends number = number,
  const L extends LearningRate = number,
  const W extends number = number,
>(options: AdamwOptions<B1, B2, E, L, W> = {}): Optimizer {
  checkSettings("adamw", options, rules);
  const { weightDecay = 0.004, excludeFromWeightDecay = [], ...others } = options;
  const optimizer = { ...adam(others), name: "adamw" };
  return weightDecay === 0 ? optimizer : decaying(optimizer, weightDecay, { exclude: excludeFromWeightDecay });
}
