import { nodeOf, tensorOf } from "../ir/node.js";
import type { ShapeOf, Tensor } from "../ir/tensor.js";
import { square } from "../ops/square.js";
import { subtract } from "../ops/subtract.js";
import type { Loss, TargetRule } from "./loss.js";

/** Targets of the output's own shape and of float32. */
export interface SameTargets extends TargetRule {
  readonly target: Tensor<ShapeOf<this["output"]>>;
}

/**
 * (output - target)².
 *
 * @returns a loss for outputs of any shape of float32 and targets of the same shape
 * @example
 * compile(prices, { optimizer: adam(), loss: meanSquaredError() });
 */
export function meanSquaredError(): Loss<SameTargets, "meanSquaredError"> {
  return {
    name: "meanSquaredError",
    fromLogits: false,
    target: ({ shape }) => ({ shape, dtype: "float32" }),
    values: (output, target) =>
      nodeOf(square(subtract(tensorOf<Tensor<any>>(output), tensorOf<Tensor<any>>(target)) as Tensor<any>)),
  };
}
