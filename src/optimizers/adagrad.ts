import type { CheckNotNegative } from "../ir/option-checks.js";
import { notNegative, type OptionRules } from "../ir/options.js";
import { eachByItself, type Optimizer } from "./optimizer.js";
import { type CheckLearningRate, type LearningRate, learningRateRule } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `adagrad`. */
export interface AdagradOptions<
  A extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
> {
  /** The step size, or a schedule. @default 0.001 */
  readonly learningRate?: L & CheckLearningRate<"adagrad", L>;
  /** What the sums of squares start with. @default 0.1 */
  readonly initialAccumulatorValue?: A & CheckNotNegative<"adagrad", "initialAccumulatorValue", A>;
  /** Added to the sums of squares within the root, which keeps the division away from zero. @default 1e-7 */
  readonly epsilon?: E & CheckNotNegative<"adagrad", "epsilon", E>;
}

const rules: OptionRules<AdagradOptions> = {
  learningRate: learningRateRule,
  initialAccumulatorValue: notNegative,
  epsilon: notNegative,
};

/**
 * Steps that get smaller with the sum of the squares of a weight's gradients: a := a + g²; w := w - η·g / √(a + ε).
 * Source: Duchi et al., "Adaptive subgradient methods" (2011).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adagrad({ learningRate: 0.01 });
 */
export function adagrad<
  const A extends number = number,
  const E extends number = number,
  const L extends LearningRate = number,
>(options: AdagradOptions<A, E, L> = {}): Optimizer {
  checkSettings("adagrad", options, rules);
  const { learningRate = 0.001, initialAccumulatorValue = 0.1, epsilon = 1e-7 }: AdagradOptions = options;
  return {
    name: "adagrad",
    learningRate,
    slots: () => ({ accumulator: initialAccumulatorValue }),
    step: eachByItself(({ variable, slots: { accumulator }, gradient, learningRate: rate }, { b }) => {
      const written = [variable, accumulator!];
      return [written, b.op("applyAdagrad", [...written, rate, gradient], { epsilon })];
    }),
  };
}
