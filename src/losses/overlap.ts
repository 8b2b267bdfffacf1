import { nodeOf, tensorOf } from "../ir/node.js";
import type { Signature } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { ShapeOf, Tensor } from "../ir/tensor.js";
import { type CheckAxes, checkAxes } from "../types/reduce.js";
import type { Loss, TargetRule } from "./loss.js";

/** Options of the losses that say how far areas overlap. */
export interface OverlapOptions<A extends number | readonly number[]> {
  /** The axes that an area lies along, such as [1, 2, 3] for one of each sample. @default all: one area in the whole batch */
  readonly axis?: A;
}

/** Targets of the output's own shape: the message where it has no such axes. */
export interface Overlapping<Op extends string, A extends number | readonly number[]> extends TargetRule {
  readonly target: CheckAxes<Op, ShapeOf<this["output"]>, A> extends infer Text extends string
    ? Text
    : Tensor<ShapeOf<this["output"]>>;
}

/** A loss that says how far an output's area is the target's. */
export function overlap<Name extends string>(
  name: Name,
  axis: number | readonly number[] | undefined,
  values: (target: Tensor<any>, output: Tensor<any>) => Tensor<any>,
): Loss<any, Name> {
  return {
    name,
    fromLogits: false,
    activation: "sigmoid",
    alwaysSo: true,
    target({ shape }: Signature) {
      if (axis !== undefined) refuse("SW_SHAPE", name, checkAxes(name, shape, axis));
      return { shape, dtype: "float32" };
    },
    values: (output, target) => nodeOf(values(tensorOf<Tensor<any>>(target), tensorOf<Tensor<any>>(output))),
  };
}
