import { checkOptions, type OptionRule, type OptionRules } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { maximum } from "../ops/maximum.js";
import { minimum } from "../ops/minimum.js";
import { multiply } from "../ops/multiply.js";
import { called } from "../ops/shared/called.js";
import { type Constraint, type NormConstraintOptions, normAxes, normEpsilon, normsOf } from "./constraint.js";

/** Options of `minMaxNorm`. */
export interface MinMaxNormOptions extends NormConstraintOptions {
  /** The smallest norm. @default 0 */
  readonly minValue?: number;
  /** The largest. @default 1 */
  readonly maxValue?: number;
  /** How much of the way to what is allowed a step takes, from 0 to 1. @default 1 */
  readonly rate?: number;
}

const fromZero: OptionRule = {
  takes: "a number from 0",
  accepts: (value) => Number.isFinite(value) && (value as number) >= 0,
};
const rules: OptionRules<MinMaxNormOptions> = {
  ...normAxes,
  minValue: fromZero,
  maxValue: fromZero,
  rate: { takes: "a number from 0 to 1", accepts: (value) => fromZero.accepts(value) && (value as number) <= 1 },
};

/**
 * Keeps the norm of each unit's weights between two numbers: w · n' / (‖w‖ + 10⁻⁷), for n' = rate · clip(‖w‖) + (1 - rate) · ‖w‖.
 *
 * @throws SW_VALUE when an option is out of range, or the smallest norm is above the largest
 * @example
 * dense(input(["batch", 784]), { units: 64, kernelConstraint: minMaxNorm({ minValue: 0.5, maxValue: 2 }) });
 */
export function minMaxNorm(options: MinMaxNormOptions = {}): Constraint {
  checkOptions("minMaxNorm", options, rules);
  const { minValue = 0, maxValue = 1, rate = 1, axis = 0 } = options;
  const inOrder = minValue <= maxValue;
  refuse(
    "SW_VALUE",
    "minMaxNorm",
    inOrder ? undefined : `minMaxNorm: there are no norms from ${minValue} to ${maxValue}`,
  );
  return called(`minMaxNorm(${minValue}, ${maxValue}, ${rate}, ${axis})`, (weights) => {
    const norms = normsOf(weights, axis);
    const clipped = minimum(maximum(norms, minValue), maxValue);
    const wanted = rate === 1 ? clipped : add(multiply(rate, clipped), multiply(1 - rate, norms));
    return multiply(weights, divide(wanted, add(norms, normEpsilon)));
  });
}
