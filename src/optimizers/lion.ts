import type { CheckBetween, CheckRate } from "../ir/option-checks.js";
import { between, type OptionRules, rate } from "../ir/options.js";
import { multiply } from "../ops/multiply.js";
import { sign } from "../ops/sign.js";
import { subtract } from "../ops/subtract.js";
import { byRule } from "./byRule.js";
import { movingAverage } from "./movingAverage.js";
import type { Optimizer } from "./optimizer.js";
import { type CheckLearningRate, type LearningRate, learningRateRule } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `lion`. */
export interface LionOptions<
  B1 extends number = number,
  B2 extends number = number,
  L extends LearningRate = LearningRate,
> {
  /** The step size, or a schedule; a tenth to a third of Adam's is usual. @default 0.001 */
  readonly learningRate?: L & CheckLearningRate<"lion", L>;
  /** How much of the momentum stands in a step: not 0, where a step would be the gradient's sign alone. @default 0.9 */
  readonly beta1?: B1 & CheckBetween<"lion", "beta1", B1>;
  /** How much of the momentum is kept. @default 0.99 */
  readonly beta2?: B2 & CheckRate<"lion", "beta2", B2>;
}

const rules: OptionRules<LionOptions> = { learningRate: learningRateRule, beta1: between, beta2: rate };

/**
 * Steps of one size, of which a mean of gradients gives the sign alone: w := w - η·sign(β₁·m + (1 - β₁)·g); m := β₂·m + (1 - β₂)·g.
 * Source: Chen et al., "Symbolic discovery of optimization algorithms" (2023).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * weightDecay(lion({ learningRate: 1e-4 }), 0.1);
 */
export function lion<
  const B1 extends number = number,
  const B2 extends number = number,
  const L extends LearningRate = number,
>(options: LionOptions<B1, B2, L> = {}): Optimizer {
  checkSettings("lion", options, rules);
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.99 }: LionOptions = options;
  return {
    name: "lion",
    learningRate,
    slots: () => ({ momentum: 0 }),
    step: byRule(({ w, gradient: g, rate, kept }) => {
      const old = kept.momentum!;
      const momentum = movingAverage(old, g, beta2);
      return [subtract(w, multiply(rate, sign(movingAverage(old, g, beta1)))), { momentum }];
    }),
  };
}
