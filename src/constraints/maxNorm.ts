import type { CheckPositive } from "../ir/option-checks.js";
import { checkOptions, type OptionRules, positive } from "../ir/options.js";
import { called } from "../ops/shared/called.js";
import { type Constraint, type NormConstraintOptions, normAxes } from "./constraint.js";
import { minMaxNorm } from "./minMaxNorm.js";

/** Options of `maxNorm`. */
export interface MaxNormOptions<M extends number = number> extends NormConstraintOptions {
  /** The largest norm. @default 2 */
  readonly maxValue?: M & CheckPositive<"maxNorm", "maxValue", M>;
}

const rules: OptionRules<MaxNormOptions> = { ...normAxes, maxValue: positive };

/**
 * Scales the weights of a unit down whose norm is larger than a number: w · min(‖w‖, max) / (‖w‖ + 10⁻⁷).
 *
 * @throws SW_VALUE when the norm is not positive
 * @example
 * dense(input(["batch", 784]), { units: 64, kernelConstraint: maxNorm({ maxValue: 3 }) });
 */
export function maxNorm<const M extends number = number>(options: MaxNormOptions<M> = {}): Constraint {
  checkOptions("maxNorm", options, rules);
  const { maxValue = 2, axis = 0 } = options;
  return called(`maxNorm(${maxValue}, ${axis})`, minMaxNorm({ maxValue, axis }));
}
