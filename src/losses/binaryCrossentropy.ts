import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, flag, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { clip } from "../ops/clip.js";
import { log } from "../ops/log.js";
import { multiply } from "../ops/multiply.js";
import { neg } from "../ops/neg.js";
import { sigmoidCrossEntropyWithLogits } from "../ops/sigmoidCrossEntropyWithLogits.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import type { SameTargets } from "./comparing.js";
import { type FromLogits, type Loss, logitsBehind, margin } from "./loss.js";
import { type LabelSmoothing, smoothed } from "./smoothed.js";

/** Options of `binaryCrossentropy`. */
export interface BinaryCrossentropyOptions<L extends number = number>
  extends FromLogits,
    LabelSmoothing<"binaryCrossentropy", L> {}

/**
 * The cross-entropy of yes-or-no questions, -target · ln p - (1 - target) · ln(1 - p).
 *
 * @param options `fromLogits`: whether outputs are logits (false: probabilities; of a sigmoid, the loss is computed from what is before it);
 *   `labelSmoothing` (0)
 * @returns a loss for outputs of any shape of float32 and targets of the same shape, from 0 to 1
 * @throws SW_VALUE when `labelSmoothing` is not from 0 to 1
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy({ fromLogits: true }) });
 */
export function binaryCrossentropy<const L extends number = number>(
  options: BinaryCrossentropyOptions<L> = {},
): Loss<SameTargets, "binaryCrossentropy"> {
  checkOptions("binaryCrossentropy", options, { fromLogits: flag, labelSmoothing: probability });
  const { fromLogits = false, labelSmoothing: smoothing = 0 } = options;
  return {
    name: "binaryCrossentropy",
    fromLogits,
    activation: "sigmoid",
    target: ({ shape }) => ({ shape, dtype: "float32" }),
    values(output, target) {
      const yes = smoothed(tensorOf<Tensor<any>>(target), smoothing);
      const logits = fromLogits ? output : logitsBehind(output, "sigmoid");
      if (logits) return nodeOf(sigmoidCrossEntropyWithLogits(tensorOf<Tensor<any>>(logits), yes));
      return nodeOf(binaryEntropy(yes, tensorOf<Tensor<any>>(output)));
    },
  };
}

/** -target · ln p - (1 - target) · ln(1 - p), with p kept a margin away from 0 and 1. */
export function binaryEntropy<S extends Shape>(target: Tensor<S>, probability: Tensor<S>): Tensor<S> {
  const p = clip(probability, margin, 1 - margin);
  return neg(add(multiply(target, log(p)), multiply(subtract(1, target), log(subtract(1, p)))));
}
