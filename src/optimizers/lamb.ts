import type { OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { greater } from "../ops/greater.js";
import { logicalAnd } from "../ops/logicalAnd.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import { type AdamBetas, adamRules } from "./adam-options.js";
import { byRule } from "./byRule.js";
import { correction, moments, noMoments } from "./movingAverage.js";
import type { Optimizer } from "./optimizer.js";
import type { LearningRate } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `lamb`. */
export interface LambOptions<
  B1 extends number = number,
  B2 extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
> extends AdamBetas<"lamb", B1, B2, E, L> {}

const rules: OptionRules<LambOptions> = adamRules;

/**
 * Adam's step, as long as the variable is: d := m / (1 - β₁ᵗ) / (√(v / (1 - β₂ᵗ)) + ε); w := w - η·‖w‖ / ‖d‖·d, and w - η·d where one of
 * the two is 0.
 * Source: You et al., "Large batch optimization for deep learning: training BERT in 76 minutes" (2020).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * lamb({ learningRate: 1e-2 });
 */
export function lamb<
  const B1 extends number = number,
  const B2 extends number = number,
  const E extends number = number,
  const L extends LearningRate = number,
>(options: LambOptions<B1, B2, E, L> = {}): Optimizer {
  checkSettings("lamb", options, rules);
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: LambOptions = options;
  return {
    name: "lamb",
    learningRate,
    slots: () => noMoments,
    step: byRule((ruled) => {
      const { w, rate, time } = ruled;
      const means = moments(ruled, { beta1, beta2 });
      const root = add(sqrt(divide(means.secondMoment, correction(beta2, time))), epsilon);
      const move = divide(divide(means.firstMoment, correction(beta1, time)), root);
      const [ofWeights, ofMove] = [lengthOf(w), lengthOf(move)];
      const bothAre = logicalAnd(greater(ofWeights, 0), greater(ofMove, 0));
      const trust = select(bothAre, divide(ofWeights, select(bothAre, ofMove, 1)), 1);
      return [subtract(w, multiply(multiply(rate, trust), move)), means];
    }),
  };
}

function lengthOf(x: Tensor<any>): Tensor<[]> {
  return sqrt(sum(square(x)) as Tensor<[]>);
}
