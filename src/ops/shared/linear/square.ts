import type { Node } from "../../../ir/node.js";
import type { InRange } from "../../../ir/op.js";
import { refuse } from "../../../ir/refuse.js";
import type { Compatible } from "../../../types/compatible.js";
import type { Dim, Shape, SplitLast } from "../../../types/dim.js";
import { type CheckDType, checkDType, type DType } from "../../../types/dtype.js";
import { fill, type Message } from "../../../types/message.js";
import { type Show, show } from "../../../types/show.js";
import type { FirstMessage } from "../firstMessage.js";
import { checkMatrix, type notMatrix } from "../triangle.js";

export const notSquare = "{op}: takes square matrices on the last two axes, got {shape}";

/** `unknown` where the last two axes are of one size, else the message. */
export type CheckSquare<Op extends string, S extends Shape> =
  SplitLast<S> extends infer Split
    ? Split extends [infer Lead extends Shape, infer Columns extends Dim]
      ? SplitLast<Lead> extends infer SplitLead
        ? SplitLead extends [unknown, infer Rows extends Dim]
          ? Compatible<Rows, Columns> extends true
            ? unknown
            : Message<typeof notSquare, { op: Op; shape: Show<S> }>
          : SplitLead extends []
            ? Message<typeof notMatrix, { op: Op; shape: Show<S> }>
            : unknown
        : never
      : Split extends []
        ? Message<typeof notMatrix, { op: Op; shape: Show<S> }>
        : unknown
    : never;

/** The same, of float32. */
export type CheckSquareFloats<Op extends string, S extends Shape, D extends DType> = FirstMessage<
  CheckDType<Op, D, "float32">,
  CheckSquare<Op, S>
>;

/** Runtime twin of `CheckSquare`. */
export function checkSquare(op: string, shape: readonly Dim[]): string | undefined {
  const fault = checkMatrix(op, shape);
  if (fault !== undefined || shape.at(-1) === shape.at(-2)) return fault;
  return fill(notSquare, { op, shape: show(shape) });
}

/** Refuses what is no batch of square matrices of float32. */
export function refuseUnlessSquare(op: string, { shape, dtype }: { shape: readonly Dim[]; dtype: DType }): void {
  refuse("SW_DTYPE", op, checkDType(op, dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkSquare(op, shape));
}

/** Said of an op that fails at singular matrices: on TensorFlow, no variable of a step changes before. */
export function hasInverse({ inputs: [matrices] }: Node): InRange {
  return { numbers: matrices!, size: matrices!.shape.at(-1)! };
}
