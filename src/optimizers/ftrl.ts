import type { CheckNotNegative, CheckUpToZero } from "../ir/option-checks.js";
import { notNegative, type OptionRules, upToZero } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { clip } from "../ops/clip.js";
import { divide } from "../ops/divide.js";
import { multiply } from "../ops/multiply.js";
import { pow } from "../ops/pow.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import { byRule } from "./byRule.js";
import type { Optimizer } from "./optimizer.js";
import type { CheckPositiveRate } from "./schedules/schedule.js";
import { type LearningRate, positiveRateRule } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `ftrl`. */
export interface FtrlOptions<
  P extends number = number,
  A extends number = number,
  L1 extends number = number,
  L2 extends number = number,
  S2 extends number = number,
  B extends number = number,
  L extends LearningRate = LearningRate,
> {
  /** The step size, which is divided by and so must not be 0, or a schedule. @default 0.001 */
  readonly learningRate?: L & CheckPositiveRate<"ftrl", L>;
  /** How the rate falls with the sum of squares: its power, up to 0, where it does not. @default -0.5 */
  readonly learningRatePower?: P & CheckUpToZero<"ftrl", "learningRatePower", P>;
  /** What the sums of squares start with. @default 0.1 */
  readonly initialAccumulatorValue?: A & CheckNotNegative<"ftrl", "initialAccumulatorValue", A>;
  /** How much Σ|w| costs: it makes many weights 0. @default 0 */
  readonly l1RegularizationStrength?: L1 & CheckNotNegative<"ftrl", "l1RegularizationStrength", L1>;
  /** How much Σw² costs. @default 0 */
  readonly l2RegularizationStrength?: L2 & CheckNotNegative<"ftrl", "l2RegularizationStrength", L2>;
  /** How much Σw² costs in the gradient alone, and not in the sums of squares. @default 0 */
  readonly l2ShrinkageRegularizationStrength?: S2 & CheckNotNegative<"ftrl", "l2ShrinkageRegularizationStrength", S2>;
  /** What is added to the root of the sum of squares. @default 0 */
  readonly beta?: B & CheckNotNegative<"ftrl", "beta", B>;
}

const rules: OptionRules<FtrlOptions> = {
  learningRate: positiveRateRule,
  learningRatePower: upToZero,
  initialAccumulatorValue: notNegative,
  l1RegularizationStrength: notNegative,
  l2RegularizationStrength: notNegative,
  l2ShrinkageRegularizationStrength: notNegative,
  beta: notNegative,
};

/**
 * Follows the regularized leader, whose weights are what all gradients so far make the best, with λ₁·|w| and λ₂·w² as costs:
 * n' := n + g²; z := z + g + 2·λₛ·w - (n'ᵖ - nᵖ) / η·w; w := (clip(z, -λ₁, λ₁) - z) / ((β + n'ᵖ) / η + 2·λ₂), for p = -learningRatePower.
 * Source: McMahan et al., "Ad click prediction: a view from the trenches" (2013).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * ftrl({ learningRate: 0.05, l1RegularizationStrength: 0.01 });
 */
export function ftrl<
  const P extends number = number,
  const A extends number = number,
  const L1 extends number = number,
  const L2 extends number = number,
  const S2 extends number = number,
  const B extends number = number,
  const L extends LearningRate = number,
>(options: FtrlOptions<P, A, L1, L2, S2, B, L> = {}): Optimizer {
  checkSettings("ftrl", options, rules);
  const {
    learningRate = 0.001,
    learningRatePower = -0.5,
    initialAccumulatorValue = 0.1,
    beta = 0,
  }: FtrlOptions = options;
  const { l1RegularizationStrength: l1 = 0, l2RegularizationStrength: l2 = 0 }: FtrlOptions = options;
  const { l2ShrinkageRegularizationStrength: shrinkage = 0 }: FtrlOptions = options;
  const power = (n: Tensor<any>): Tensor<any> => (learningRatePower === -0.5 ? sqrt(n) : pow(n, -learningRatePower));
  return {
    name: "ftrl",
    learningRate,
    slots: () => ({ accumulator: initialAccumulatorValue, linear: 0 }),
    step: byRule(({ w, gradient: g, rate, kept }) => {
      const accumulator = add(kept.accumulator!, square(g)) as Tensor<any>;
      const root = power(accumulator);
      const grown = divide(subtract(root, power(kept.accumulator!)), rate);
      const shrunk = shrinkage === 0 ? g : add(g, multiply(2 * shrinkage, w));
      const linear = add(kept.linear!, subtract(shrunk, multiply(grown, w))) as Tensor<any>;
      const quadratic = add(divide(beta === 0 ? root : add(root, beta), rate), 2 * l2);
      return [divide(subtract(clip(linear, -l1, l1), linear), quadratic), { accumulator, linear }];
    }),
  };
}
