import type { DType } from "../../ir/dtype.js";
import type { Node } from "../../ir/node.js";
import type { Shape } from "../../types/dim.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";

export const notScalar = "{op}: takes a float32 scalar, got {dtype} {shape}; reduce it with mean() or sum()";

/** `unknown` for a float32 scalar, else the message. */
export type CheckScalar<Op extends string, S extends Shape, D extends DType> = number extends S["length"]
  ? unknown
  : [S, "float32"] extends [[], D]
    ? unknown
    : Message<typeof notScalar, { op: Op; dtype: D; shape: Show<S> }>;

/** Runtime twin of `CheckScalar`. */
export function checkScalar(op: string, { shape, dtype }: Pick<Node, "shape" | "dtype">): string | undefined {
  if (shape.length === 0 && dtype === "float32") return undefined;
  return fill(notScalar, { op, dtype, shape: show(shape) });
}
