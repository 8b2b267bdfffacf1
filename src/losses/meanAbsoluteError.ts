import { abs } from "../ops/abs.js";
import { subtract } from "../ops/subtract.js";
import { comparing, type SameTargets } from "./comparing.js";
import type { Loss } from "./loss.js";

/**
 * The mean of |output - target|: what is far off weighs less than in `meanSquaredError`.
 *
 * @returns a loss for outputs of any shape of float32 and targets of the same shape
 * @example
 * compile(prices, { optimizer: adam(), loss: meanAbsoluteError() });
 */
export function meanAbsoluteError(): Loss<SameTargets, "meanAbsoluteError"> {
  return comparing("meanAbsoluteError", (target, output) => abs(subtract(output, target)));
}
