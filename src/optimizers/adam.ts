import { checkOptions, type OptionRules, range } from "../ir/options.js";
import { eachByItself, type Optimizer } from "./optimizer.js";
import { type LearningRate, learningRateRule } from "./schedules/schedule.js";

/** Settings of `adam`. */
export interface AdamOptions {
  /** The step size, or a schedule. @default 0.001 */
  readonly learningRate?: LearningRate;
  /** How much of the mean of gradients is kept. @default 0.9 */
  readonly beta1?: number;
  /** How much of the mean of squares is kept. @default 0.999 */
  readonly beta2?: number;
  /** Keeps the division away from zero. @default 1e-7 */
  readonly epsilon?: number;
}

const rules: OptionRules<AdamOptions> = {
  learningRate: learningRateRule,
  beta1: range(0, 1),
  beta2: range(0, 1),
  epsilon: range(0, Infinity),
};

/**
 * m := β₁·m + (1 - β₁)·g; v := β₂·v + (1 - β₂)·g²; w := w - η·√(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε).
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015), with ε as at the end of its section 2.
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * adam({ learningRate: 3e-4 });
 */
export function adam(options: AdamOptions = {}): Optimizer {
  checkOptions("adam", options, rules);
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  return {
    name: "adam",
    learningRate,
    slots: () => ({ firstMoment: 0, secondMoment: 0 }),
    step: eachByItself(({ variable, slots, gradient, learningRate: rate }, { b, steps }) => {
      const written = [variable, slots.firstMoment!, slots.secondMoment!];
      return [written, b.op("applyAdam", [...written, steps, rate, gradient], { beta1, beta2, epsilon })];
    }),
  };
}
