import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import { checkOptions, flag, int32 } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { expandDims } from "../ops/expandDims.js";
import { notEqual } from "../ops/notEqual.js";
import { select } from "../ops/select.js";
import { sparseSoftmaxCrossEntropyWithLogits } from "../ops/sparseSoftmaxCrossEntropyWithLogits.js";
import { clippedLog } from "./clippedLog.js";
import { type FromLogits, type Loss, logitsBehind } from "./loss.js";
import { classesOf, type SparseTargets } from "./sparseTargets.js";

/** Options of `sparseCategoricalCrossentropy`. */
export interface SparseCategoricalCrossentropyOptions<I extends number = number> extends FromLogits {
  /** The label of places that do not count, which may be none of the classes, such as -1 or 255. @default none */
  readonly ignoreClass?: I & CheckInt32<"sparseCategoricalCrossentropy", "ignoreClass", I>;
}

const name = "sparseCategoricalCrossentropy";

/**
 * The cross-entropy of classes, -ln p(label), where labels are class numbers.
 *
 * @param options `fromLogits`: whether outputs are logits (false: probabilities, which are divided by their sum; of a softmax, the loss is
 *   computed from what is before it); `ignoreClass`: the label of places that are left out of the mean
 * @returns a loss for outputs [..., classes] of float32 and targets [...] of int32, from 0 to classes - 1
 * @throws SW_SHAPE, from `compile`, when the output's last axis is no number of classes
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) });
 */
export function sparseCategoricalCrossentropy<const I extends number = number>(
  options: SparseCategoricalCrossentropyOptions<I> = {},
): Loss<SparseTargets<typeof name>, typeof name> {
  checkOptions(name, options, { fromLogits: flag, ignoreClass: int32 });
  const { fromLogits = false, ignoreClass } = options;
  const logitsOf = (output: Node): Tensor<any> => {
    const logits = fromLogits ? output : logitsBehind(output, "softmax");
    return logits ? tensorOf<Tensor<any>>(logits) : clippedLog(tensorOf<Tensor<any>>(output));
  };
  return {
    name,
    fromLogits,
    activation: "softmax",
    target: (output) => ({ ...classesOf(name, output), ...(ignoreClass !== undefined && { ignored: ignoreClass }) }),
    values(output, target) {
      const labels = tensorOf<Tensor<any, "int32">>(target);
      if (ignoreClass === undefined) return nodeOf(sparseSoftmaxCrossEntropyWithLogits(logitsOf(output), labels));
      // As in Keras, what is ignored is replaced before anything is computed: whatever is there, nothing comes of it.
      const counts: Tensor<any, "bool"> = notEqual(labels, ignoreClass);
      const logits: Tensor<any> = select(expandDims(counts, -1), logitsOf(output), 0);
      const known: Tensor<any, "int32"> = select(counts, labels, 0);
      return nodeOf(select(counts, sparseSoftmaxCrossEntropyWithLogits(logits, known), 0));
    },
    ...(ignoreClass !== undefined && {
      mask: (_: Node, target: Node) => nodeOf(notEqual(tensorOf<Tensor<any, "int32">>(target), ignoreClass)),
    }),
  };
}
