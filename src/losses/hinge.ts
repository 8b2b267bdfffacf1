import { comparing, type SameTargets } from "./comparing.js";
import type { Loss } from "./loss.js";
import { shortfall } from "./shortfall.js";

/**
 * The hinge loss max(1 - target · output, 0), where targets are -1 or 1. Where all targets of a batch are 0 or 1, 0 stands for -1, as in Keras.
 *
 * @returns a loss for outputs of any shape of float32 and targets of the same shape
 * @example
 * compile(spam, { optimizer: adam(), loss: hinge() });
 */
export function hinge(): Loss<SameTargets, "hinge"> {
  return comparing("hinge", shortfall);
}
