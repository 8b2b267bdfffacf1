import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { CheckAxes, RemoveAxes } from "../types/reduce.js";
import type { CheckDiagonal } from "./shared/diagonal-shape.js";
import { diagonalNode } from "./shared/diagonalNode.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { sumOp } from "./sum.js";

/**
 * The sums of the diagonals of matrices: the rule is that of `numpy.trace`.
 *
 * @param x rank 2 or more, float32 or int32
 * @param offset which diagonal: 0, unless said otherwise, is the main one; 1 is the one above it, -1 the one below
 * @param axis1 along which the rows are: the first unless said otherwise; negative ones count from the end
 * @param axis2 along which the columns are: the second unless said otherwise
 * @returns x's other axes
 * @throws SW_VALUE when there are no such axes, SW_DTYPE for bool; SW_SHAPE when there is no such diagonal, or its size is not known
 * @example
 * trace(input([5, 5])); // Tensor<[], "float32">
 */
export function trace<
  const S extends Shape,
  D extends DType,
  const K extends number = 0,
  const A extends number = 0,
  const B extends number = 1,
  Now = "now",
>(
  x: Tensor<S, D> &
    FirstMessage<
      CheckDType<"trace", D, "float32" | "int32">,
      FirstMessage<CheckAxes<"trace", S, [A, B]>, CheckDiagonal<"trace", S, K, A, B, Now>>
    >,
  offset?: K & CheckInt32<"trace", "offset", K>,
  axis1?: A,
  axis2?: B,
): Tensor<RemoveAxes<S, [A, B]>, D> {
  refuse("SW_DTYPE", "trace", checkDType("trace", nodeOf(x, "trace").dtype, ["float32", "int32"]));
  const diagonal = diagonalNode("trace", x, offset, axis1, axis2);
  return tensorOf(calling("trace", () => makeNode(sumOp, [diagonal], { axes: [diagonal.rank - 1], keepDims: false })));
}
