import { ShapewrightError } from "../ir/errors.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { ShapeOf, Tensor } from "../ir/tensor.js";
import { multiply } from "../ops/multiply.js";
import { neg } from "../ops/neg.js";
import { oneHot } from "../ops/oneHot.js";
import { sparseSoftmaxCrossEntropyWithLogits } from "../ops/sparseSoftmaxCrossEntropyWithLogits.js";
import { sum } from "../ops/sum.js";
import type { IsName, Shape, SplitLast } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { clippedLog } from "./clippedLog.js";
import { type FromLogits, type Loss, logitsBehind, readFromLogits, type TargetRule } from "./loss.js";

const name = "sparseCategoricalCrossentropy";

export const noClasses = "{op}: takes an output [..., classes], got {shape}";

/** [..., classes] → [...] of int32. */
export interface SparseTargets extends TargetRule {
  readonly target: SplitLast<ShapeOf<this["output"]>> extends infer Split
    ? Split extends [infer B extends Shape, infer N]
      ? IsName<N, this["output"]> extends true
        ? NoClasses<ShapeOf<this["output"]>>
        : Tensor<B, "int32">
      : Split extends []
        ? NoClasses<[]>
        : Tensor<any, "int32">
    : never;
}

type NoClasses<S> = Message<typeof noClasses, { op: typeof name; shape: Show<S> }>;

/**
 * -ln p(label), where labels are class numbers.
 *
 * @param options `fromLogits`: whether outputs are logits (false: probabilities; of a softmax, the loss is computed from what is before it)
 * @returns a loss for outputs [..., classes] of float32 and targets [...] of int32, from 0 to classes - 1
 * @throws SW_SHAPE, from `compile`, when the output's last axis is no number of classes
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) });
 */
export function sparseCategoricalCrossentropy(options: FromLogits = {}): Loss<SparseTargets, typeof name> {
  const fromLogits = readFromLogits(name, options);
  return {
    name,
    fromLogits,
    activation: "softmax",
    target({ shape }) {
      const classes = shape.at(-1);
      if (typeof classes !== "number") {
        throw new ShapewrightError("SW_SHAPE", fill(noClasses, { op: name, shape: show(shape) }), name);
      }
      return { shape: shape.slice(0, -1), dtype: "int32", classes };
    },
    values(output, target) {
      const labels = tensorOf<Tensor<any, "int32">>(target);
      const logits = fromLogits ? output : logitsBehind(output, "softmax");
      if (logits) return nodeOf(sparseSoftmaxCrossEntropyWithLogits(tensorOf<Tensor<any>>(logits), labels));
      const chosen = oneHot(labels, output.shape.at(-1) as number) as Tensor<any>;
      return nodeOf(neg(sum(multiply(chosen, clippedLog(tensorOf<Tensor<any>>(output))), { axis: -1 })));
    },
  };
}
