import { checkOptions, type OptionRules, range } from "../ir/options.js";
import { eachByItself, type Optimizer } from "./optimizer.js";
import { type LearningRate, learningRateRule } from "./schedules/schedule.js";

/** Settings of `rmsprop`. */
export interface RmspropOptions {
  /** The step size, or a schedule. @default 0.001 */
  readonly learningRate?: LearningRate;
  /** How much of the mean of squares is kept. @default 0.9 */
  readonly rho?: number;
  /** How much of the last step is kept. @default 0 */
  readonly momentum?: number;
  /** Keeps the division away from zero. @default 1e-7 */
  readonly epsilon?: number;
}

const rules: OptionRules<RmspropOptions> = {
  learningRate: learningRateRule,
  rho: range(0, 1),
  momentum: range(0, 1),
  epsilon: range(0, Infinity),
};

/**
 * s := ρ·s + (1 - ρ)·g²; m := μ·m + η·g / √(s + ε); w := w - m.
 * Source: Tieleman and Hinton, "Lecture 6.5 - rmsprop" (2012).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * rmsprop({ learningRate: 1e-3 });
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  checkOptions("rmsprop", options, rules);
  const { learningRate = 0.001, rho = 0.9, momentum = 0, epsilon = 1e-7 } = options;
  return {
    name: "rmsprop",
    learningRate,
    slots: () => ({ meanSquare: 0, momentum: 0 }),
    step: eachByItself(({ variable, slots, gradient, learningRate: rate }, { b }) => {
      const written = [variable, slots.meanSquare!, slots.momentum!];
      return [written, b.op("applyRmsProp", [...written, rate, gradient], { rho, momentum, epsilon })];
    }),
  };
}
