import { nodeOf, tensorOf } from "../ir/node.js";
import type { ShapeOf, Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { Loss, TargetRule } from "./loss.js";

/** Targets of the output's own shape and of float32. */
export interface SameTargets extends TargetRule {
  readonly target: Tensor<ShapeOf<this["output"]>>;
}

/**
 * A loss that compares numbers with numbers, place by place. It has a value for each, where Keras takes their mean over the last axis: the mean
 * of all is the same, and each place can have a weight of its own.
 */
export function comparing<Name extends string>(
  name: Name,
  values: <S extends Shape>(target: Tensor<S>, output: Tensor<S>) => Tensor<S>,
): Loss<SameTargets, Name> {
  return {
    name,
    fromLogits: false,
    target: ({ shape }) => ({ shape, dtype: "float32" }),
    values: (output, target) => nodeOf(values(tensorOf<Tensor<any>>(target), tensorOf<Tensor<any>>(output))),
  };
}
