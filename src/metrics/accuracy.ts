import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, text } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { argMax } from "../ops/argMax.js";
import { cast } from "../ops/cast.js";
import { constant } from "../ops/constant.js";
import { equal } from "../ops/equal.js";
import { greater } from "../ops/greater.js";
import type { MeanMetric, NameOption } from "./metric.js";

/**
 * The fraction of right answers. As in Keras, what is right follows from the targets: class numbers are compared with
 * the largest output; distributions, by their largest element; single yes-or-no outputs, by a threshold: 0.5 for
 * probabilities and 0 for logits.
 *
 * @returns a metric for outputs [..., classes] with targets [...] of int32 or [..., classes], or for outputs and targets of one shape
 * @example
 * compile(digits, { optimizer: adam(), loss: sparseCategoricalCrossentropy(), metrics: [accuracy()] });
 */
export function accuracy<const N extends string = "accuracy">(options: NameOption<N> = {}): MeanMetric<NoInfer<N>> {
  checkOptions("accuracy", options, { name: text });
  const { name = "accuracy" as N } = options;
  return {
    name,
    values(output, target, { fromLogits }) {
      const answer = tensorOf<Tensor<any>>(output);
      const best = (x: Tensor<any>) => argMax(x, -1) as Tensor<any, "int32">;
      if (target.dtype === "int32") return right(best(answer), tensorOf<Tensor<any, "int32">>(target));
      const wanted = tensorOf<Tensor<any>>(target);
      if (typeof output.shape.at(-1) === "number" && (output.shape.at(-1) as number) > 1 && output.rank > 1) {
        return right(best(answer), best(wanted));
      }
      const yes = (x: Tensor<any>, threshold: number) =>
        cast(greater(x, constant(threshold)) as Tensor<any, "bool">, "int32");
      return right(yes(answer, fromLogits ? 0 : 0.5), yes(wanted, 0.5));
    },
  };
}

function right(answer: Tensor<any, "int32">, wanted: Tensor<any, "int32">) {
  return nodeOf(cast(equal(answer, wanted) as Tensor<any, "bool">, "float32"));
}
