import type { CheckNotNegative } from "../ir/option-checks.js";
import { checkOption, notNegative } from "../ir/options.js";
import { multiply } from "../ops/multiply.js";
import { called } from "../ops/shared/called.js";
import { square } from "../ops/square.js";
import { sum } from "../ops/sum.js";
import type { Regularizer } from "./regularizer.js";

/**
 * A cost of weights' squares, factor · Σx², which keeps weights small.
 *
 * @param factor from 0 @default 0.01
 * @throws SW_VALUE when the factor is below 0
 * @example
 * dense(input(["batch", 784]), { units: 64, kernelRegularizer: l2(1e-4) });
 */
export function l2<const F extends number = number>(
  factor: F & CheckNotNegative<"l2", "factor", F> = 0.01 as never,
): Regularizer {
  checkOption("l2", "factor", factor, notNegative);
  return called(`l2(${factor})`, (x) => multiply(factor as number, sum(square(x))));
}
