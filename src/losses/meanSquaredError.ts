import { squaredDifference } from "../ops/squaredDifference.js";
import { comparing, type SameTargets } from "./comparing.js";
import type { Loss } from "./loss.js";

/**
 * The mean of the errors' squares, (output - target)².
 *
 * @returns a loss for outputs of any shape of float32 and targets of the same shape
 * @example
 * compile(prices, { optimizer: adam(), loss: meanSquaredError() });
 */
export function meanSquaredError(): Loss<SameTargets, "meanSquaredError"> {
  return comparing("meanSquaredError", (target, output) => squaredDifference(output, target));
}
