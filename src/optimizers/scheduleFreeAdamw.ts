import type { CheckBetween, CheckNatural, CheckNotNegative } from "../ir/option-checks.js";
import { between, flag, natural, notNegative, type OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { equal } from "../ops/equal.js";
import { minimum } from "../ops/minimum.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import { type AdamBetas, adamRules } from "./adam-options.js";
import { byRule } from "./byRule.js";
import { correction, movingAverage } from "./movingAverage.js";
import type { Optimizer } from "./optimizer.js";
import type { LearningRate } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `scheduleFreeAdamw`. */
export interface ScheduleFreeAdamwOptions<
  B1 extends number = number,
  B2 extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
  N extends number = number,
  W extends number = number,
> extends Omit<AdamBetas<"scheduleFreeAdamw", number, B2, E, L>, "beta1"> {
  /** Where gradients are taken, between what steps change, 0, and its average, 1. @default 0.9 */
  readonly beta1?: B1 & CheckBetween<"scheduleFreeAdamw", "beta1", B1>;
  /** In how many steps the step size grows from 0 to the learning rate. @default 0 */
  readonly warmupSteps?: N & CheckNatural<"scheduleFreeAdamw", "warmupSteps", N>;
  /** The share of a weight that what steps change loses in a step, times the rate. @default 0 */
  readonly weightDecay?: W & CheckNotNegative<"scheduleFreeAdamw", "weightDecay", W>;
  /**
   * Whether evaluation, validation, prediction, `exportSavedModel` and `saveWeights` take the averages in the weights' places, from the first
   * step on.
   *
   * @default true
   */
  readonly inEvaluation?: boolean;
}

const rules: OptionRules<ScheduleFreeAdamwOptions> = {
  ...adamRules,
  beta1: between,
  warmupSteps: natural,
  weightDecay: notNegative,
  inEvaluation: flag,
};

/**
 * Adam that needs no schedule: steps change z, and what is judged and used is the average x of all z; weights are between both, w = (1 - β₁)·z +
 * β₁·x, where gradients are taken. v := β₂·v + (1 - β₂)·g²; z := z - η·(g / (√(v / (1 - β₂ᵗ)) + ε) + λ·w); x := x + (z - x) / t. A session reads
 * x as `optimizer/dense/kernel/average`.
 * Source: Defazio et al., "The road less scheduled" (2024), where all steps count the same, as in Keras.
 *
 * @param options `learningRate` (0.0025), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-8), `warmupSteps` (0), `weightDecay` (0), `inEvaluation`
 *   (true)
 * @throws SW_VALUE when a setting is out of range
 * @example
 * scheduleFreeAdamw({ learningRate: 2.5e-3, warmupSteps: 500 });
 */
export function scheduleFreeAdamw<
  const B1 extends number = number,
  const B2 extends number = number,
  const E extends number = number,
  const L extends LearningRate = number,
  const N extends number = number,
  const W extends number = number,
>(options: ScheduleFreeAdamwOptions<B1, B2, E, L, N, W> = {}): Optimizer {
  checkSettings("scheduleFreeAdamw", options, rules);
  const {
    learningRate = 0.0025,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    warmupSteps = 0,
    weightDecay = 0,
    inEvaluation = true,
  }: ScheduleFreeAdamwOptions = options;
  return {
    name: "scheduleFreeAdamw",
    learningRate,
    slots: () => ({ momentum: 0, secondMoment: 0, average: 0 }),
    evaluatedAs: () => (inEvaluation ? "average" : undefined),
    step: byRule(({ w, gradient, rate, kept, time }) => {
      const isFirst = equal(time, 1);
      const before = select(isFirst, w, kept.momentum!) as Tensor<any>;
      const secondMoment = movingAverage(kept.secondMoment!, square(gradient), beta2);
      const root = add(sqrt(divide(secondMoment, correction(beta2, time))), epsilon);
      const step = divide(gradient, root);
      const decayed = weightDecay === 0 ? step : add(step, multiply(w, weightDecay));
      const warm = warmupSteps === 0 ? rate : multiply(rate, minimum(divide(time, warmupSteps), 1));
      const momentum = subtract(before, multiply(decayed, warm)) as Tensor<any>;
      // From w, so that what else changes a weight, such as a constraint, is in the average, too.
      const average = divide(subtract(w, multiply(before, 1 - beta1)), beta1) as Tensor<any>;
      const share = divide(1, time) as Tensor<[]>;
      const next = add(multiply(average, subtract(1, share)), multiply(momentum, share)) as Tensor<any>;
      return [movingAverage(momentum, next, 1 - beta1), { momentum, secondMoment, average: next }];
    }),
  };
}
