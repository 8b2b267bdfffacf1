import { checkOptions } from "../ir/options.js";
import { add } from "../ops/add.js";
import { called } from "../ops/shared/called.js";
import { l1 as absolute } from "./l1.js";
import { l2 as squares } from "./l2.js";
import { factorRule, type Regularizer } from "./regularizer.js";

/** Options of `l1l2`. */
export interface L1L2Options {
  /** What Σ|x| is multiplied by. @default 0.01 */
  readonly l1?: number;
  /** What Σx² is multiplied by. @default 0.01 */
  readonly l2?: number;
}

/**
 * l1 · Σ|x| + l2 · Σx².
 *
 * @throws SW_VALUE when a factor is below 0
 * @example
 * dense(input(["batch", 784]), { units: 64, kernelRegularizer: l1l2({ l1: 1e-5, l2: 1e-4 }) });
 */
export function l1l2(options: L1L2Options = {}): Regularizer {
  checkOptions("l1l2", options, { l1: factorRule, l2: factorRule });
  const { l1 = 0.01, l2 = 0.01 } = options;
  return called(`l1l2(${l1}, ${l2})`, (x) => add(absolute(l1)(x), squares(l2)(x)));
}
