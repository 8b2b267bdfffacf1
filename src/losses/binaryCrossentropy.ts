import { nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { constant } from "../ops/constant.js";
import { multiply } from "../ops/multiply.js";
import { neg } from "../ops/neg.js";
import { sigmoidCrossEntropyWithLogits } from "../ops/sigmoidCrossEntropyWithLogits.js";
import { subtract } from "../ops/subtract.js";
import { clippedLog } from "./clippedLog.js";
import { type FromLogits, type Loss, logitsBehind, readFromLogits } from "./loss.js";
import type { SameTargets } from "./meanSquaredError.js";

/**
 * -target · ln p - (1 - target) · ln(1 - p), for yes-or-no questions.
 *
 * @param options `fromLogits`: whether outputs are logits (false: probabilities; of a sigmoid, the loss is computed from what is before it)
 * @returns a loss for outputs of any shape of float32 and targets of the same shape, from 0 to 1
 * @example
 * compile(spam, { optimizer: adam(), loss: binaryCrossentropy({ fromLogits: true }) });
 */
export function binaryCrossentropy(options: FromLogits = {}): Loss<SameTargets, "binaryCrossentropy"> {
  const fromLogits = readFromLogits("binaryCrossentropy", options);
  return {
    name: "binaryCrossentropy",
    fromLogits,
    activation: "sigmoid",
    target: ({ shape }) => ({ shape, dtype: "float32" }),
    values(output, target) {
      const p = tensorOf<Tensor<any>>(output);
      const yes = tensorOf<Tensor<any>>(target);
      const logits = fromLogits ? output : logitsBehind(output, "sigmoid");
      if (logits) return nodeOf(sigmoidCrossEntropyWithLogits(tensorOf<Tensor<any>>(logits), yes));
      const one = constant(1);
      const no = subtract(one, yes) as Tensor<any>;
      const q = subtract(one, p) as Tensor<any>;
      return nodeOf(neg(add(multiply(yes, clippedLog(p)), multiply(no, clippedLog(q))) as Tensor<any>));
    },
  };
}
