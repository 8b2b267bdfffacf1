import { flag, type OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { sqrt } from "../ops/sqrt.js";
import { subtract } from "../ops/subtract.js";
import { type AdamBetas, adamRules } from "./adam-options.js";
import { byRule } from "./byRule.js";
import { correction, moments, noMoments } from "./movingAverage.js";
import { eachByItself, type Optimizer } from "./optimizer.js";
import type { LearningRate } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `adam`. */
export interface AdamOptions<
  B1 extends number = number,
  B2 extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
  Op extends string = "adam",
> extends AdamBetas<Op, B1, B2, E, L> {
  /** Whether the largest mean of squares so far is taken, so that steps do not grow (AMSGrad). @default false */
  readonly amsgrad?: boolean;
}

const rules: OptionRules<AdamOptions> = { ...adamRules, amsgrad: flag };

/**
 * Steps along a mean of gradients, over the root of a mean of their squares: m := β₁·m + (1 - β₁)·g; v := β₂·v + (1 - β₂)·g²; w := w - η·√(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε).
 * With `amsgrad`, the largest v so far stands in place of v.
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015), with ε as at the end of its section 2; Reddi et al.,
 * "On the convergence of Adam and beyond" (2018).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adam({ learningRate: 3e-4 });
 */
export function adam<
  const B1 extends number = number,
  const B2 extends number = number,
  const E extends number = number,
  const L extends LearningRate = number,
>(options: AdamOptions<B1, B2, E, L> = {}): Optimizer {
  checkSettings("adam", options, rules);
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, amsgrad = false }: AdamOptions = options;
  const plain: Pick<Optimizer, "slots" | "step"> = {
    slots: () => noMoments,
    step: eachByItself(({ variable, slots, gradient, learningRate: rate }, { b, steps }) => {
      const written = [variable, slots.firstMoment!, slots.secondMoment!];
      return [written, b.op("applyAdam", [...written, steps, rate, gradient], { beta1, beta2, epsilon })];
    }),
  };
  const withLargest: Pick<Optimizer, "slots" | "step"> = {
    slots: () => ({ ...noMoments, largestSecondMoment: 0 }),
    step: byRule((ruled) => {
      const { w, rate, kept, time } = ruled;
      const means = moments(ruled, { beta1, beta2 });
      const largestSecondMoment = maximum(kept.largestSecondMoment!, means.secondMoment) as Tensor<any>;
      const scale = divide(multiply(rate, sqrt(correction(beta2, time))), correction(beta1, time));
      const move = divide(multiply(means.firstMoment, scale), add(sqrt(largestSecondMoment), epsilon));
      return [subtract(w, move), { ...means, largestSecondMoment }];
    }),
  };
  return { name: "adam", learningRate, ...(amsgrad ? withLargest : plain) };
}
