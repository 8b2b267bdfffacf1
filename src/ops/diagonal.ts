import type { DType } from "../ir/dtype.js";
import { tensorOf } from "../ir/node.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckAxes } from "../types/reduce.js";
import type { CheckDiagonal, Diagonal } from "./shared/diagonal-shape.js";
import { diagonalNode } from "./shared/diagonalNode.js";
import type { FirstMessage } from "./shared/firstMessage.js";

/**
 * The diagonals of matrices: the rule is that of `numpy.diagonal`.
 *
 * @param x rank 2 or more, any dtype
 * @param offset which diagonal: 0, unless said otherwise, is the main one; 1 is the one above it, -1 the one below
 * @param axis1 along which the rows are: the first unless said otherwise; negative ones count from the end
 * @param axis2 along which the columns are: the second unless said otherwise
 * @returns x's other axes, and the diagonal's
 * @throws SW_VALUE when there are no such axes; SW_SHAPE when there is no such diagonal, or its size is not known
 * @example
 * const x = input(["batch", 5, 5]);
 * diagonal(x, 0, 1, 2); // Tensor<["batch", 5], "float32">
 */
export function diagonal<
  const S extends Shape,
  D extends DType,
  const K extends number = 0,
  const A extends number = 0,
  const B extends number = 1,
  Now = "now",
>(
  x: Tensor<S, D> & FirstMessage<CheckAxes<"diagonal", S, [A, B]>, CheckDiagonal<"diagonal", S, K, A, B, Now>>,
  offset?: K & CheckInt32<"diagonal", "offset", K>,
  axis1?: A,
  axis2?: B,
): Tensor<Diagonal<S, K, A, B>, D> {
  return tensorOf(diagonalNode("diagonal", x, offset, axis1, axis2));
}
