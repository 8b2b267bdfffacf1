import { nodeOf, tensorOf } from "../../ir/node.js";
import type { CheckFromTwo, CheckNotNegative, CheckPositive, CheckRate } from "../../ir/option-checks.js";
import {
  checkOption,
  checkOptions,
  fromTwo,
  notNegative,
  type OptionRules,
  oneOf,
  positive,
  rate,
  required,
} from "../../ir/options.js";
import type { Tensor } from "../../ir/tensor.js";
import { add } from "../../ops/add.js";
import { cos } from "../../ops/cos.js";
import { divide } from "../../ops/divide.js";
import { lessEqual } from "../../ops/lessEqual.js";
import { minimum } from "../../ops/minimum.js";
import { multiply } from "../../ops/multiply.js";
import { select } from "../../ops/select.js";
import { subtract } from "../../ops/subtract.js";
import type { Schedule } from "./schedule.js";

/** Options of `oneCycle`. */
export interface OneCycleOptions<
  N extends number = number,
  P extends number = number,
  D extends number = number,
  F extends number = number,
> {
  /** How many steps the cycle takes: of all epochs together. */
  readonly totalSteps: N & CheckFromTwo<"oneCycle", "totalSteps", N>;
  /** The share of them in which the rate rises. @default 0.3 */
  readonly pctStart?: P & CheckRate<"oneCycle", "pctStart", P>;
  /** Whether it goes along half a cosine, `"cos"`, or a line, `"linear"`. @default "cos" */
  readonly annealStrategy?: "cos" | "linear";
  /** What the largest rate is divided by for the first. @default 25 */
  readonly divFactor?: D & CheckPositive<"oneCycle", "divFactor", D>;
  /** What the first rate is divided by for the last. @default 10000 */
  readonly finalDivFactor?: F & CheckPositive<"oneCycle", "finalDivFactor", F>;
}

const rules: OptionRules<OneCycleOptions> = {
  totalSteps: required(fromTwo),
  pctStart: rate,
  annealStrategy: oneOf(["cos", "linear"]),
  divFactor: positive,
  finalDivFactor: positive,
};

type Scalar = Tensor<[]>;

/**
 * A rate that rises once to its largest, and falls to next to nothing: 1cycle, as PyTorch has it, with the same momentum all along.
 * Source: Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates" (2018).
 *
 * @param maxLearningRate the largest rate
 * @throws SW_VALUE when a setting is out of range
 * @example
 * sgd({ learningRate: oneCycle(0.1, { totalSteps: 30 * 469 }), momentum: 0.9 });
 */
export function oneCycle<
  const I extends number,
  const N extends number,
  const P extends number = number,
  const D extends number = number,
  const F extends number = number,
>(
  maxLearningRate: I & CheckNotNegative<"oneCycle", "maxLearningRate", I>,
  options: OneCycleOptions<N, P, D, F>,
): Schedule {
  const name = "oneCycle";
  checkOption(name, "maxLearningRate", maxLearningRate, required(notNegative));
  checkOptions(name, options, rules);
  const { totalSteps, pctStart = 0.3, annealStrategy = "cos", divFactor = 25, finalDivFactor = 1e4 } = options;
  const first = maxLearningRate / divFactor;
  const [top, end] = [Math.max(pctStart * totalSteps - 1, 0), totalSteps - 1];
  const between = (from: number, to: number, time: Scalar): Scalar => {
    const share = annealStrategy === "cos" ? multiply(0.5, subtract(1, cos(multiply(Math.PI, time)))) : time;
    return add(from, multiply(to - from, share));
  };
  return {
    name,
    initialLearningRate: top === 0 ? maxLearningRate : first,
    rate(_, steps) {
      const step = minimum(tensorOf<Scalar>(steps), end) as Scalar;
      const falling = between(maxLearningRate, first / finalDivFactor, divide(subtract(step, top), end - top));
      if (top === 0) return nodeOf(falling);
      return nodeOf(select(lessEqual(step, top), between(first, maxLearningRate, divide(step, top)), falling));
    },
  };
}
