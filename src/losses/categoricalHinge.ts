import { add } from "../ops/add.js";
import { max } from "../ops/max.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import { type AlongAxis, alongAxis } from "./alongAxis.js";
import type { Loss } from "./loss.js";

/**
 * The hinge loss of classes, max(max((1 - target) · output) - Σ target · output + 1, 0): by how much the score of the right class is not 1 above all others.
 *
 * @returns a loss for outputs [..., classes] of float32, scores, and targets of the same shape, one-hot rows
 * @throws SW_SHAPE, from `compile`, when the output has no axis behind the batch
 * @example
 * compile(digits, { optimizer: adam(), loss: categoricalHinge() });
 */
export function categoricalHinge(): Loss<AlongAxis<"categoricalHinge">, "categoricalHinge"> {
  return alongAxis("categoricalHinge", -1, (target, output) => {
    const right = sum(multiply(target, output), { axis: -1 });
    const wrong = max(multiply(subtract(1, target), output), { axis: -1 });
    return maximum(add(subtract(wrong, right), 1), 0);
  });
}
