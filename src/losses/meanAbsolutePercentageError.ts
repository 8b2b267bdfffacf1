import { abs } from "../ops/abs.js";
import { divide } from "../ops/divide.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { subtract } from "../ops/subtract.js";
import { comparing, type SameTargets } from "./comparing.js";
import { type Loss, margin } from "./loss.js";

/**
 * The mean of 100 · |target - output| / max(|target|, 1e-7): how far off an output is, in per cent of its target.
 *
 * @returns a loss for outputs of any shape of float32 and targets of the same shape, which should not be 0
 * @example
 * compile(prices, { optimizer: adam(), loss: meanAbsolutePercentageError() });
 */
export function meanAbsolutePercentageError(): Loss<SameTargets, "meanAbsolutePercentageError"> {
  return comparing("meanAbsolutePercentageError", (target, output) =>
    multiply(100, abs(divide(subtract(target, output), maximum(abs(target), margin)))),
  );
}
