import { nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import { multiply } from "../ops/multiply.js";
import { neg } from "../ops/neg.js";
import { softmaxCrossEntropyWithLogits } from "../ops/softmaxCrossEntropyWithLogits.js";
import { sum } from "../ops/sum.js";
import { clippedLog } from "./clippedLog.js";
import { type FromLogits, type Loss, logitsBehind, readFromLogits } from "./loss.js";
import type { SameTargets } from "./meanSquaredError.js";

/**
 * -Σ target · ln p, where targets are distributions over classes, such as one-hot rows.
 *
 * @param options `fromLogits`: whether outputs are logits (false: probabilities; of a softmax, the loss is computed from what is before it)
 * @returns a loss for outputs [..., classes] of float32 and targets of the same shape, whose rows sum to 1
 * @example
 * compile(digits, { optimizer: adam(), loss: categoricalCrossentropy({ fromLogits: true }) });
 */
export function categoricalCrossentropy(options: FromLogits = {}): Loss<SameTargets, "categoricalCrossentropy"> {
  const fromLogits = readFromLogits("categoricalCrossentropy", options);
  return {
    name: "categoricalCrossentropy",
    fromLogits,
    activation: "softmax",
    target: ({ shape }) => ({ shape, dtype: "float32" }),
    values(output, target) {
      const p = tensorOf<Tensor<any>>(output);
      const labels = tensorOf<Tensor<any>>(target);
      const logits = fromLogits ? output : logitsBehind(output, "softmax");
      if (logits) return nodeOf(softmaxCrossEntropyWithLogits(tensorOf<Tensor<any>>(logits), labels));
      return nodeOf(neg(sum(multiply(labels, clippedLog(p)), { axis: -1 })));
    },
  };
}
