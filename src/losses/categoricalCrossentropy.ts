import { nodeOf, tensorOf } from "../ir/node.js";
import { axisRule, checkOptions, flag, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { moveAxis } from "../ops/moveAxis.js";
import { multiply } from "../ops/multiply.js";
import { neg } from "../ops/neg.js";
import { softmaxCrossEntropyWithLogits } from "../ops/softmaxCrossEntropyWithLogits.js";
import { sum } from "../ops/sum.js";
import { normalizeAxis } from "../types/axis.js";
import { type AlongAxis, type AlongAxisOptions, targetAlong } from "./alongAxis.js";
import { clippedLog } from "./clippedLog.js";
import { distribution } from "./distribution.js";
import { type FromLogits, type Loss, logitsBehind } from "./loss.js";
import { type LabelSmoothing, smoothedAlong } from "./smoothed.js";

/** Options of `categoricalCrossentropy`. */
export interface CategoricalCrossentropyOptions<A extends number = number, L extends number = number>
  extends FromLogits,
    LabelSmoothing<"categoricalCrossentropy", L>,
    AlongAxisOptions<A> {}

const name = "categoricalCrossentropy";

/**
 * The cross-entropy of classes, -Σ target · ln p, where targets are distributions over classes, such as one-hot rows.
 *
 * @param options `fromLogits`: whether outputs are logits (false: probabilities, which are divided by their sum; of a softmax, the loss is
 *   computed from what is before it); `labelSmoothing` (0); `axis` (-1)
 * @returns a loss for outputs [..., classes] of float32 and targets of the same shape, whose rows sum to 1
 * @throws SW_SHAPE, from `compile`, when the output has no such axis behind the batch; SW_VALUE when `labelSmoothing` is not from 0 to 1
 * @example
 * compile(digits, { optimizer: adam(), loss: categoricalCrossentropy({ fromLogits: true }) });
 */
export function categoricalCrossentropy<const A extends number = -1, const L extends number = number>(
  options: CategoricalCrossentropyOptions<A, L> = {},
): Loss<AlongAxis<typeof name, A>, typeof name> {
  checkOptions(name, options, { fromLogits: flag, labelSmoothing: probability, axis: axisRule });
  const { fromLogits = false, labelSmoothing: smoothing = 0 } = options;
  const axis: number = options.axis ?? -1;
  return {
    name,
    fromLogits,
    activation: "softmax",
    target: (output) => targetAlong(name, output, axis),
    values(output, target) {
      const labels = smoothedAlong(tensorOf<Tensor<any>>(target), smoothing, axis);
      const isLast = normalizeAxis(output.shape, axis) === output.rank - 1;
      const last = (x: Tensor<any>): Tensor<any> => (isLast ? x : moveAxis(x, axis, -1));
      const logits = fromLogits ? output : isLast ? logitsBehind(output, "softmax") : undefined;
      if (logits) return nodeOf(softmaxCrossEntropyWithLogits(last(tensorOf<Tensor<any>>(logits)), last(labels)));
      const logs = clippedLog(distribution(tensorOf<Tensor<any>>(output), axis));
      return nodeOf(neg(sum(multiply(labels, logs), { axis })));
    },
  };
}
