import type { CheckNotNegative } from "../ir/option-checks.js";
import { checkOption, notNegative } from "../ir/options.js";
import { abs } from "../ops/abs.js";
import { multiply } from "../ops/multiply.js";
import { called } from "../ops/shared/called.js";
import { sum } from "../ops/sum.js";
import type { Regularizer } from "./regularizer.js";

/**
 * A cost of weights' absolute values, factor · Σ|x|, which makes many weights 0.
 *
 * @param factor from 0 @default 0.01
 * @throws SW_VALUE when the factor is below 0
 * @example
 * dense(input(["batch", 784]), { units: 64, kernelRegularizer: l1(1e-4) });
 */
export function l1<const F extends number = number>(
  factor: F & CheckNotNegative<"l1", "factor", F> = 0.01 as never,
): Regularizer {
  checkOption("l1", "factor", factor, notNegative);
  return called(`l1(${factor})`, (x) => multiply(factor as number, sum(abs(x))));
}
