import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckBetween } from "../ir/option-checks.js";
import { between, checkOptions } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { divide } from "../ops/divide.js";
import { multiply } from "../ops/multiply.js";
import { oneHot } from "../ops/oneHot.js";
import { pow } from "../ops/pow.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import type { Loss } from "./loss.js";
import { classesOf, type SparseTargets } from "./sparseTargets.js";

/** Options of `categoricalGeneralizedCrossEntropy`. */
export interface CategoricalGeneralizedCrossEntropyOptions<Q extends number = number> {
  /** Between 0, where it is the cross-entropy, and 1, where it is the absolute error, and wrong labels do the least harm. @default 0.5 */
  readonly q?: Q & CheckBetween<"categoricalGeneralizedCrossEntropy", "q", Q>;
}

const name = "categoricalGeneralizedCrossEntropy";

/**
 * The generalized cross-entropy (1 - p(label)^q) / q, where labels are class numbers of which some may be wrong.
 * Source: Zhang and Sabuncu, "Generalized cross entropy loss for training deep neural networks with noisy labels" (2018).
 *
 * @param options `q` (0.5)
 * @returns a loss for outputs [..., classes] of float32, probabilities, and targets [...] of int32, from 0 to classes - 1
 * @throws SW_SHAPE, from `compile`, when the output's last axis is no number of classes; SW_VALUE when q is not between 0 and 1
 * @example
 * compile(digits, { optimizer: adam(), loss: categoricalGeneralizedCrossEntropy({ q: 0.7 }) });
 */
export function categoricalGeneralizedCrossEntropy<const Q extends number = number>(
  options: CategoricalGeneralizedCrossEntropyOptions<Q> = {},
): Loss<SparseTargets<typeof name>, typeof name> {
  checkOptions(name, options, { q: between });
  const { q = 0.5 }: CategoricalGeneralizedCrossEntropyOptions = options;
  return {
    name,
    fromLogits: false,
    activation: "softmax",
    alwaysSo: true,
    target: (output) => classesOf(name, output),
    values(output, target) {
      const chosen: Tensor<any> = oneHot(tensorOf<Tensor<any, "int32">>(target), output.shape.at(-1) as number);
      const p = sum(multiply(tensorOf<Tensor<any>>(output), chosen), { axis: -1 });
      return nodeOf(divide(subtract(1, pow(p, q)), q));
    },
  };
}
