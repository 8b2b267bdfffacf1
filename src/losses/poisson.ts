import { add } from "../ops/add.js";
import { log } from "../ops/log.js";
import { multiply } from "../ops/multiply.js";
import { subtract } from "../ops/subtract.js";
import { comparing, type SameTargets } from "./comparing.js";
import { type Loss, margin } from "./loss.js";

/**
 * The loss of counts, output - target · ln(output + 1e-7), where targets are counts and outputs their expected values.
 *
 * @returns a loss for outputs of any shape of float32, not below 0, and targets of the same shape
 * @example
 * compile(prices, { optimizer: adam(), loss: poisson() });
 */
export function poisson(): Loss<SameTargets, "poisson"> {
  return comparing("poisson", (target, output) => subtract(output, multiply(target, log(add(output, margin)))));
}
