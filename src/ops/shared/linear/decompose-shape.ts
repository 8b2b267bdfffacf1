import type { DType } from "../../../ir/dtype.js";
import { refuse } from "../../../ir/refuse.js";
import type { DimAt } from "../../../types/axis.js";
import type { Dim, Shape } from "../../../types/dim.js";
import { type CheckDType, checkDType } from "../../../types/dtype.js";
import { type CheckDiagonal, checkDiagonal, type DiagonalSize, diagonalSize } from "../diagonal-shape.js";
import type { FirstMessage } from "../firstMessage.js";
import { type CheckMatrix, checkMatrix } from "../triangle.js";

/** The fewer of rows and columns. */
export type Fewer<S extends Shape> = DiagonalSize<DimAt<S, -2>, DimAt<S, -1>, 0>;

/** `unknown` for float32 matrices of which it is known whether rows or columns are fewer, else the message. */
export type CheckDecomposed<Op extends string, S extends Shape, D extends DType, Now> = FirstMessage<
  FirstMessage<CheckDType<Op, D, "float32">, CheckMatrix<Op, S>>,
  CheckDiagonal<Op, S, 0, -2, -1, Now>
>;

/** Runtime twin of both: the axes before the matrices, their rows and columns, and the fewer of them. */
export function decomposable(op: string, { shape, dtype }: { shape: readonly Dim[]; dtype: DType }) {
  refuse("SW_DTYPE", op, checkDType(op, dtype, ["float32"]));
  refuse("SW_SHAPE", op, checkMatrix(op, shape) ?? checkDiagonal(op, shape, 0, -2, -1));
  const [rows, columns] = shape.slice(-2) as [Dim, Dim];
  return { batch: shape.slice(0, -2), rows, columns, fewer: diagonalSize(rows, columns, 0) };
}
