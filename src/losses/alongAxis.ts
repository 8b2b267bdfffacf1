import { ShapewrightError } from "../ir/errors.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Signature } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { ShapeOf, Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis, normalizeAxis, type SplitAt } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import type { Loss, TargetRule } from "./loss.js";

/** Options of the losses that go along an axis. */
export interface AlongAxisOptions<A extends number = number> {
  /** The axis of the classes, or of the vectors; negative ones count from the end. @default -1 */
  readonly axis?: A;
}

export const axisOfBatch = "{op}: goes along axis {axis}, which counts the samples of {shape}";

/** Targets of the output's own shape, for a loss that goes along an axis: the message where there is none behind the batch. */
export interface AlongAxis<Op extends string, A extends number = -1> extends TargetRule {
  readonly target: CheckAlong<Op, ShapeOf<this["output"]>, A> extends infer Text extends string
    ? Text
    : Tensor<ShapeOf<this["output"]>>;
}

type CheckAlong<Op extends string, S extends Shape, A extends number> =
  SplitAt<S, A> extends [[], unknown, unknown]
    ? Message<typeof axisOfBatch, { op: Op; axis: A; shape: Show<S> }>
    : CheckAxis<Op, S, A>;

/** Targets of the output's own shape. Runtime twin of `AlongAxis`. */
export function targetAlong(op: string, { shape }: Signature, axis: number): Signature {
  refuse("SW_SHAPE", op, checkAxis(op, shape, axis));
  if (normalizeAxis(shape, axis) === 0) {
    throw new ShapewrightError("SW_SHAPE", fill(axisOfBatch, { op, axis, shape: show(shape) }), op);
  }
  return { shape, dtype: "float32" };
}

/** A loss that compares vectors with vectors: one value for each. */
export function alongAxis<Name extends string>(
  name: Name,
  axis: number,
  values: (target: Tensor<any>, output: Tensor<any>) => Tensor<any>,
): Loss<any, Name> {
  return {
    name,
    fromLogits: false,
    target: (output) => targetAlong(name, output, axis),
    values: (output, target) => nodeOf(values(tensorOf<Tensor<any>>(target), tensorOf<Tensor<any>>(output))),
  };
}
