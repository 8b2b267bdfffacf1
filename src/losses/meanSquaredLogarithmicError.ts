import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { log } from "../ops/log.js";
import { maximum } from "../ops/maximum.js";
import { squaredDifference } from "../ops/squaredDifference.js";
import type { Shape } from "../types/dim.js";
import { comparing, type SameTargets } from "./comparing.js";
import { type Loss, margin } from "./loss.js";

/**
 * The mean of (ln(output + 1) - ln(target + 1))²: what counts is how many times too large or too small an output is. Numbers below 1e-7 count as that.
 *
 * @returns a loss for outputs of any shape of float32 and targets of the same shape, not below 0
 * @example
 * compile(prices, { optimizer: adam(), loss: meanSquaredLogarithmicError() });
 */
export function meanSquaredLogarithmicError(): Loss<SameTargets, "meanSquaredLogarithmicError"> {
  return comparing("meanSquaredLogarithmicError", (target, output) =>
    squaredDifference(logarithm(output), logarithm(target)),
  );
}

function logarithm<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return log(add(maximum(x, margin), 1));
}
