import type { CheckNotNegative, CheckProbability } from "../ir/option-checks.js";
import { checkOptions, notNegative, type OptionRules, probability } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { maximum } from "../ops/maximum.js";
import { minimum } from "../ops/minimum.js";
import { multiply } from "../ops/multiply.js";
import { called } from "../ops/shared/called.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { IsAbove } from "../types/decimals.js";
import { fill, type Message, type Problem } from "../types/message.js";
import { type Constraint, type NormConstraintOptions, normAxes, normEpsilon, normsOf } from "./constraint.js";

export const noNorms = "minMaxNorm: there are no norms from {min} to {max}";

/** `unknown` unless the smallest norm is above the largest: then the message. */
type CheckOrder<L extends number, H extends number> =
  IsAbove<L, H> extends true ? Problem<Message<typeof noNorms, { min: L; max: H }>> : unknown;

/** Options of `minMaxNorm`. */
export interface MinMaxNormOptions<L extends number = number, H extends number = number, R extends number = number>
  extends NormConstraintOptions {
  /** The smallest norm. @default 0 */
  readonly minValue?: L & FirstMessage<CheckNotNegative<"minMaxNorm", "minValue", L>, CheckOrder<L, H>>;
  /** The largest. @default 1 */
  readonly maxValue?: H & CheckNotNegative<"minMaxNorm", "maxValue", H>;
  /** How much of the way to what is allowed a step takes, from 0 to 1. @default 1 */
  readonly rate?: R & CheckProbability<"minMaxNorm", "rate", R>;
}

const rules: OptionRules<MinMaxNormOptions> = {
  ...normAxes,
  minValue: notNegative,
  maxValue: notNegative,
  rate: probability,
};

/**
 * Keeps the norm of each unit's weights between two numbers: w · n' / (‖w‖ + 10⁻⁷), for n' = rate · clip(‖w‖) + (1 - rate) · ‖w‖.
 *
 * @throws SW_VALUE when an option is out of range, or the smallest norm is above the largest
 * @example
 * dense(input(["batch", 784]), { units: 64, kernelConstraint: minMaxNorm({ minValue: 0.5, maxValue: 2 }) });
 */
export function minMaxNorm<const L extends number = 0, const H extends number = 1, const R extends number = number>(
  options: MinMaxNormOptions<L, H, R> = {},
): Constraint {
  checkOptions("minMaxNorm", options, rules);
  const { minValue = 0, maxValue = 1, rate = 1, axis = 0 }: MinMaxNormOptions = options;
  const inOrder = minValue <= maxValue;
  refuse("SW_VALUE", "minMaxNorm", inOrder ? undefined : fill(noNorms, { min: minValue, max: maxValue }));
  return called(`minMaxNorm(${minValue}, ${maxValue}, ${rate}, ${axis})`, (weights) => {
    const norms = normsOf(weights, axis);
    const clipped = minimum(maximum(norms, minValue), maxValue);
    const wanted = rate === 1 ? clipped : add(multiply(rate, clipped), multiply(1 - rate, norms));
    return multiply(weights, divide(wanted, add(norms, normEpsilon)));
  });
}
