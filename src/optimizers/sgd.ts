import type { CheckRate } from "../ir/option-checks.js";
import { flag, type OptionRules, rate } from "../ir/options.js";
import { eachByItself, type Optimizer } from "./optimizer.js";
import { type CheckLearningRate, type LearningRate, learningRateRule } from "./schedules/schedule.js";
import { checkSettings } from "./settings.js";

/** Settings of `sgd`. */
export interface SgdOptions<M extends number = number, L extends LearningRate = LearningRate> {
  /** The step size, or a schedule. @default 0.01 */
  readonly learningRate?: L & CheckLearningRate<"sgd", L>;
  /** How much of the last step is kept. @default 0 */
  readonly momentum?: M & CheckRate<"sgd", "momentum", M>;
  /** Whether the gradient is taken as if the kept step had been made already. @default false */
  readonly nesterov?: boolean;
}

const rules: OptionRules<SgdOptions> = {
  learningRate: learningRateRule,
  momentum: rate,
  nesterov: flag,
};

/**
 * Gradient descent: w := w - η·g; with momentum v := μ·v - η·g, w := w + v.
 * Source: Sutskever et al., "On the importance of initialization and momentum in deep learning" (2013).
 *
 * @throws SW_VALUE when a setting is out of range
 * @example
 * sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true });
 */
export function sgd<const M extends number = number, const L extends LearningRate = number>(
  options: SgdOptions<M, L> = {},
): Optimizer {
  checkSettings("sgd", options, rules);
  const { learningRate = 0.01, momentum = 0, nesterov = false } = options;
  return {
    name: "sgd",
    learningRate,
    slots: () => (momentum === 0 ? {} : { velocity: 0 }),
    step: eachByItself(({ variable, slots: { velocity }, gradient, learningRate: rate }, { b }) =>
      velocity
        ? [[variable, velocity], b.op("applyMomentum", [variable, velocity, rate, gradient], { momentum, nesterov })]
        : [[variable], b.op("applyGradientDescent", [variable, rate, gradient])],
    ),
  };
}
