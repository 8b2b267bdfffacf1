import type { CheckNotNegative, CheckRate } from "../ir/option-checks.js";
import { flag, notNegative, type OptionRules, rate } from "../ir/options.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { multiply } from "../ops/multiply.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import { byRule } from "./byRule.js";
import { movingAverage } from "./movingAverage.js";
import { eachByItself, type Optimizer } from "./optimizer.js";
import { type CheckLearningRate, type LearningRate, learningRateRule } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `rmsprop`. */
export interface RmspropOptions<
  R extends number = number,
  M extends number = number,
  E extends number = number,
  L extends LearningRate = LearningRate,
> {
  /** The step size, or a schedule. @default 0.001 */
  readonly learningRate?: L & CheckLearningRate<"rmsprop", L>;
  /** How much of the mean of squares is kept. @default 0.9 */
  readonly rho?: R & CheckRate<"rmsprop", "rho", R>;
  /** How much of the last step is kept. @default 0 */
  readonly momentum?: M & CheckRate<"rmsprop", "momentum", M>;
  /** Keeps the division away from zero. @default 1e-7 */
  readonly epsilon?: E & CheckNotNegative<"rmsprop", "epsilon", E>;
  /** Whether gradients are divided by their deviation, which takes their mean into account. @default false */
  readonly centered?: boolean;
}

const rules: OptionRules<RmspropOptions> = {
  learningRate: learningRateRule,
  rho: rate,
  momentum: rate,
  epsilon: notNegative,
  centered: flag,
};

/**
 * Steps along gradients, over the root of a mean of their squares: s := ρ·s + (1 - ρ)·g²; m := μ·m + η·g / √(s + ε); w := w - m. With `centered`, a := ρ·a + (1 - ρ)·g, and s - a² stands in place of s.
 * Source: Tieleman and Hinton, "Lecture 6.5 - rmsprop" (2012); Graves, "Generating sequences with recurrent neural networks" (2013).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * rmsprop({ learningRate: 1e-3 });
 */
export function rmsprop<
  const R extends number = number,
  const M extends number = number,
  const E extends number = number,
  const L extends LearningRate = number,
>(options: RmspropOptions<R, M, E, L> = {}): Optimizer {
  checkSettings("rmsprop", options, rules);
  const { learningRate = 0.001, rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false }: RmspropOptions = options;
  const plain: Pick<Optimizer, "slots" | "step"> = {
    slots: () => ({ meanSquare: 0, momentum: 0 }),
    step: eachByItself(({ variable, slots, gradient, learningRate: rate }, { b }) => {
      const written = [variable, slots.meanSquare!, slots.momentum!];
      return [written, b.op("applyRmsProp", [...written, rate, gradient], { rho, momentum, epsilon })];
    }),
  };
  const ofDeviations: Pick<Optimizer, "slots" | "step"> = {
    slots: () => ({ meanSquare: 0, meanGradient: 0, momentum: 0 }),
    step: byRule(({ w, gradient: g, rate, kept }) => {
      const meanSquare = movingAverage(kept.meanSquare!, square(g), rho);
      const meanGradient = movingAverage(kept.meanGradient!, g, rho);
      const variance = subtract(meanSquare, square(meanGradient));
      const move = divide(multiply(rate, g), sqrt(add(variance, epsilon)));
      const moment = add(multiply(kept.momentum!, momentum), move);
      return [subtract(w, moment), { meanSquare, meanGradient, momentum: moment }];
    }),
  };
  return { name: "rmsprop", learningRate, ...(centered ? ofDeviations : plain) };
}
