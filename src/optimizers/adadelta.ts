import type { CheckNotNegative, CheckRate } from "../ir/option-checks.js";
import { notNegative, type OptionRules, rate } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { multiply } from "../ops/multiply.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import { byRule } from "./byRule.js";
import { movingAverage } from "./movingAverage.js";
import type { Optimizer } from "./optimizer.js";
import { type CheckLearningRate, type LearningRate, learningRateRule } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `adadelta`. */
export interface AdadeltaOptions<
  R extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
> {
  /** The step size, or a schedule; 1 is the paper's. @default 0.001 */
  readonly learningRate?: L & CheckLearningRate<"adadelta", L>;
  /** How much of both means of squares is kept. @default 0.95 */
  readonly rho?: R & CheckRate<"adadelta", "rho", R>;
  /** Added to both means of squares. @default 1e-7 */
  readonly epsilon?: E & CheckNotNegative<"adadelta", "epsilon", E>;
}

const rules: OptionRules<AdadeltaOptions> = { learningRate: learningRateRule, rho: rate, epsilon: notNegative };

/**
 * Steps as large as the last ones were, over the size of gradients: s := ρ·s + (1 - ρ)·g²; d := √(u + ε) / √(s + ε) · g; u := ρ·u + (1 - ρ)·d²; w := w - η·d.
 * Source: Zeiler, "ADADELTA: an adaptive learning rate method" (2012).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adadelta({ learningRate: 1 });
 */
export function adadelta<
  const R extends number = number,
  const E extends number = number,
  const L extends LearningRate = number,
>(options: AdadeltaOptions<R, E, L> = {}): Optimizer {
  checkSettings("adadelta", options, rules);
  const { learningRate = 0.001, rho = 0.95, epsilon = 1e-7 }: AdadeltaOptions = options;
  const root = (squares: Tensor<any>) => sqrt(add(squares, epsilon)) as Tensor<any>;
  return {
    name: "adadelta",
    learningRate,
    slots: () => ({ squaredGradients: 0, squaredSteps: 0 }),
    step: byRule(({ w, gradient: g, rate, kept }) => {
      const squaredGradients = movingAverage(kept.squaredGradients!, square(g), rho);
      const move = divide(multiply(root(kept.squaredSteps!), g), root(squaredGradients));
      const squaredSteps = movingAverage(kept.squaredSteps!, square(move), rho);
      return [subtract(w, multiply(rate, move)), { squaredGradients, squaredSteps }];
    }),
  };
}
