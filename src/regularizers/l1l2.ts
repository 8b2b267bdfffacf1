import type { CheckNotNegative } from "../ir/option-checks.js";
import { checkOptions, notNegative } from "../ir/options.js";
import { add } from "../ops/add.js";
import { called } from "../ops/shared/called.js";
import { l1 as absolute } from "./l1.js";
import { l2 as squares } from "./l2.js";
import type { Regularizer } from "./regularizer.js";

/** Options of `l1l2`. */
export interface L1L2Options<L1 extends number = number, L2 extends number = number> {
  /** What Σ|x| is multiplied by. @default 0.01 */
  readonly l1?: L1 & CheckNotNegative<"l1l2", "l1", L1>;
  /** What Σx² is multiplied by. @default 0.01 */
  readonly l2?: L2 & CheckNotNegative<"l1l2", "l2", L2>;
}

/**
 * A cost of weights' absolute values and squares, l1 · Σ|x| + l2 · Σx².
 *
 * @throws SW_VALUE when a factor is below 0
 * @example
 * dense(input(["batch", 784]), { units: 64, kernelRegularizer: l1l2({ l1: 1e-5, l2: 1e-4 }) });
 */
export function l1l2<const L1 extends number = number, const L2 extends number = number>(
  options: L1L2Options<L1, L2> = {},
): Regularizer {
  checkOptions("l1l2", options, { l1: notNegative, l2: notNegative });
  const { l1 = 0.01, l2 = 0.01 }: L1L2Options = options;
  return called(`l1l2(${l1}, ${l2})`, (x) => add(absolute(l1)(x), squares(l2)(x)));
}
