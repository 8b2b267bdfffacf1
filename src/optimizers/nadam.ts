import { nodeOf, tensorOf } from "../ir/node.js";
import type { OptionRules } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { multiply } from "../ops/multiply.js";
import { pow } from "../ops/pow.js";
import { sqrt } from "../ops/sqrt.js";
import { subtract } from "../ops/subtract.js";
import { type AdamBetas, adamRules } from "./adam-options.js";
import { byRule, timeOf } from "./byRule.js";
import { correction, moments, noMoments } from "./movingAverage.js";
import type { Optimizer } from "./optimizer.js";
import type { LearningRate } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `nadam`. */
export interface NadamOptions<
  B1 extends number = number,
  B2 extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
> extends AdamBetas<"nadam", B1, B2, E, L> {}

const rules: OptionRules<NadamOptions> = adamRules;

/**
 * Adam with Nesterov's look ahead, of a momentum that grows with the steps: μₜ = β₁·(1 - 0.96ᵗ / 2);
 * m̂ := μₜ₊₁·m / (1 - μ₁·…·μₜ₊₁) + (1 - μₜ)·g / (1 - μ₁·…·μₜ); v̂ := v / (1 - β₂ᵗ); w := w - η·m̂ / (√v̂ + ε).
 * Source: Dozat, "Incorporating Nesterov momentum into Adam" (2016).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * nadam({ learningRate: 2e-3 });
 */
export function nadam<
  const B1 extends number = number,
  const B2 extends number = number,
  const E extends number = number,
  const L extends LearningRate = number,
>(options: NadamOptions<B1, B2, E, L> = {}): Optimizer {
  checkSettings("nadam", options, rules);
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: NadamOptions = options;
  const momentumAt = (time: Tensor<[]>) => multiply(beta1, subtract(1, multiply(0.5, pow(0.96, time)))) as Tensor<[]>;
  return {
    name: "nadam",
    learningRate,
    slots: () => noMoments,
    state: { momentumProduct: { start: 1, dtype: "float32" } },
    step(context) {
      const variable = context.state.momentumProduct!;
      const time = timeOf(context);
      const [now, next] = [momentumAt(time), momentumAt(add(time, 1))];
      const product = multiply(tensorOf<Tensor<[]>>(variable), now);
      const stepped = byRule((ruled) => {
        const means = moments(ruled, { beta1, beta2 });
        const { w, gradient, rate } = ruled;
        const ahead = multiply(means.firstMoment, divide(next, subtract(1, multiply(product, next))));
        const here = multiply(gradient, divide(subtract(1, now), subtract(1, product)));
        const root = add(sqrt(divide(means.secondMoment, correction(beta2, time))), epsilon);
        return [subtract(w, divide(multiply(add(ahead, here), rate), root)), means];
      });
      return [...stepped(context), [variable, nodeOf(product)]];
    },
  };
}
