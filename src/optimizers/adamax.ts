import type { OptionRules } from "../ir/options.js";
import { abs } from "../ops/abs.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { subtract } from "../ops/subtract.js";
import { type AdamBetas, adamRules } from "./adam-options.js";
import { byRule } from "./byRule.js";
import { correction, movingAverage } from "./movingAverage.js";
import type { Optimizer } from "./optimizer.js";
import type { LearningRate } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `adamax`. */
export interface AdamaxOptions<
  B1 extends number = number,
  B2 extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
> extends AdamBetas<"adamax", B1, B2, E, L> {}

const rules: OptionRules<AdamaxOptions> = adamRules;

/**
 * Adam with the largest gradient in place of the mean of squares: m := β₁·m + (1 - β₁)·g; u := max(β₂·u, |g|); w := w - η / (1 - β₁ᵗ) · m / (u + ε).
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015), section 7.1.
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adamax({ learningRate: 2e-3 });
 */
export function adamax<
  const B1 extends number = number,
  const B2 extends number = number,
  const E extends number = number,
  const L extends LearningRate = number,
>(options: AdamaxOptions<B1, B2, E, L> = {}): Optimizer {
  checkSettings("adamax", options, rules);
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamaxOptions = options;
  return {
    name: "adamax",
    learningRate,
    slots: () => ({ firstMoment: 0, largest: 0 }),
    step: byRule(({ w, gradient: g, rate, kept, time }) => {
      const firstMoment = movingAverage(kept.firstMoment!, g, beta1);
      const largest = maximum(multiply(kept.largest!, beta2), abs(g));
      const scale = divide(rate, correction(beta1, time));
      return [subtract(w, divide(multiply(firstMoment, scale), add(largest, epsilon))), { firstMoment, largest }];
    }),
  };
}
