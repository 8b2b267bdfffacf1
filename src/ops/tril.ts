import type { DType } from "../ir/dtype.js";
import { tensorOf } from "../ir/node.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckMatrix, triangle } from "./shared/triangle.js";

/**
 * The lower triangle of matrices: zeros above a diagonal.
 *
 * @param x [..., rows, columns], any dtype
 * @param k which diagonal: 0, unless said otherwise, is the main one; 1 is the one above it, -1 the one below
 * @returns x's shape
 * @throws SW_SHAPE when x has less than two axes; SW_VALUE when k is no integer
 * @example
 * const x = input(["batch", "time", "time"]);
 * tril(x); // Tensor<["batch", "time", "time"], "float32">
 */
export function tril<const S extends Shape, D extends DType, const K extends number = 0>(
  x: Tensor<S, D> & CheckMatrix<"tril", S>,
  k?: K & CheckInt32<"tril", "k", K>,
): Tensor<S, D> {
  return tensorOf(triangle("tril", x, k === undefined ? 0 : k));
}
