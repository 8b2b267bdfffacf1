import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { RemoveAxes } from "../types/reduce.js";
import { cholesky } from "./cholesky.js";
import { log } from "./log.js";
import { multiply } from "./multiply.js";
import type { Any } from "./shared/composite.js";
import { diagonalNode } from "./shared/diagonalNode.js";
import { type CheckSquareFloats, refuseUnlessSquare } from "./shared/linear/square.js";
import { sum } from "./sum.js";

/**
 * The logarithms of the determinants of symmetric positive definite matrices, as TensorFlow's and Keras's `logdet`: of others it is NaN.
 * `slogdet` takes any matrix.
 *
 * @param x [..., n, n], float32
 * @returns [...]
 * @throws SW_SHAPE when matrices are not square, SW_DTYPE when x is not float32
 * @example
 * const logarithms = logDet(input(["batch", 3, 3])); // Tensor<["batch"], "float32">
 */
export function logDet<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckSquareFloats<"logDet", S, D>,
): Tensor<RemoveAxes<S, [-1, -2]>> {
  const node = nodeOf(x, "logDet");
  refuseUnlessSquare("logDet", node);
  return calling("logDet", () => {
    // |x| = |L|², and |L| is the product of L's diagonal.
    const lower: Any = cholesky(tensorOf<Any>(node));
    const diagonal: Any = tensorOf(diagonalNode("logDet", lower, 0, -2, -1));
    return tensorOf(nodeOf(multiply(sum(log(diagonal) as Any, { axis: -1 }), 2)));
  });
}
