import { ShapewrightError } from "../ir/errors.js";
import type { Signature } from "../ir/op.js";
import type { ShapeOf, Tensor } from "../ir/tensor.js";
import type { IsName, Shape, SplitLast } from "../types/dim.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import type { TargetRule, TargetSignature } from "./loss.js";

export const noClasses = "{op}: takes an output [..., classes], got {shape}";

/** Targets that are class numbers: [..., classes] → [...] of int32. */
export interface SparseTargets<Op extends string> extends TargetRule {
  readonly target: SplitLast<ShapeOf<this["output"]>> extends infer Split
    ? Split extends [infer B extends Shape, infer N]
      ? IsName<N, this["output"]> extends true
        ? NoClasses<Op, ShapeOf<this["output"]>>
        : Tensor<B, "int32">
      : Split extends []
        ? NoClasses<Op, []>
        : Tensor<any, "int32">
    : never;
}

type NoClasses<Op extends string, S> = Message<typeof noClasses, { op: Op; shape: Show<S> }>;

/** Class numbers for an output. Runtime twin of `SparseTargets`. */
export function classesOf(op: string, { shape }: Signature): TargetSignature {
  const classes = shape.at(-1);
  if (typeof classes === "number") return { shape: shape.slice(0, -1), dtype: "int32", classes };
  throw new ShapewrightError("SW_SHAPE", fill(noClasses, { op, shape: show(shape) }), op);
}
