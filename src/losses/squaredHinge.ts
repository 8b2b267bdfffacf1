import { square } from "../ops/square.js";
import { comparing, type SameTargets } from "./comparing.js";
import type { Loss } from "./loss.js";
import { shortfall } from "./shortfall.js";

/**
 * The square of the hinge loss, max(1 - target · output, 0)², where targets are -1 or 1. Where all targets of a batch are 0 or 1, 0 stands for -1, as in Keras.
 *
 * @returns a loss for outputs of any shape of float32 and targets of the same shape
 * @example
 * compile(spam, { optimizer: adam(), loss: squaredHinge() });
 */
export function squaredHinge(): Loss<SameTargets, "squaredHinge"> {
  return comparing("squaredHinge", (target, output) => square(shortfall(target, output)));
}
