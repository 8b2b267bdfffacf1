import { add } from "../ops/add.js";
import { multiply } from "../ops/multiply.js";
import { softplus } from "../ops/softplus.js";
import { subtract } from "../ops/subtract.js";
import { comparing, type SameTargets } from "./comparing.js";
import type { Loss } from "./loss.js";

/**
 * The logarithm of the error's hyperbolic cosine, ln cosh(output - target): about e² / 2 of small errors e, and |e| - ln 2 of large ones. Computed as e + softplus(-2e) - ln 2.
 *
 * @returns a loss for outputs of any shape of float32 and targets of the same shape
 * @example
 * compile(prices, { optimizer: adam(), loss: logCosh() });
 */
export function logCosh(): Loss<SameTargets, "logCosh"> {
  return comparing("logCosh", (target, output) => {
    const error = subtract(output, target);
    return subtract(add(error, softplus(multiply(error, -2))), Math.LN2);
  });
}
