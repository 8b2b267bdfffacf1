import type { DType } from "../ir/dtype.js";
import type { Node } from "../ir/node.js";
import { refuse } from "../ir/refuse.js";
import type { DTypeOf, ShapeOf } from "../ir/tensor.js";
import type { Compatible } from "../types/compatible.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";

export const notTheScalar = "{op}: {what} must be a scalar of {kind}, got {dtype} {shape}";

/** `unknown` for a scalar of a dtype, as a question has for an answer, else the message. */
export type CheckAnswer<Op extends string, What extends string, D extends DType, T> =
  Compatible<ShapeOf<T>, []> extends true
    ? Compatible<DTypeOf<T>, D> extends true
      ? unknown
      : NotTheScalar<Op, What, D, T>
    : NotTheScalar<Op, What, D, T>;

type NotTheScalar<Op extends string, What extends string, D extends DType, T> = Message<
  typeof notTheScalar,
  { op: Op; what: What; kind: D; dtype: DTypeOf<T>; shape: Show<ShapeOf<T>> }
>;

/** Runtime twin of `CheckAnswer`. */
export function checkAnswer(op: string, what: string, wanted: DType, { dtype, shape }: Node): void {
  if (dtype === wanted && shape.length === 0) return;
  const message = fill(notTheScalar, { op, what, kind: wanted, dtype, shape: show(shape) });
  refuse(dtype === wanted ? "SW_SHAPE" : "SW_DTYPE", op, message);
}
