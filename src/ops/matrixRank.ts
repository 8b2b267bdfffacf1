import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, notNegative } from "../ir/options.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { RemoveAxes } from "../types/reduce.js";
import { builder as b } from "./builder.js";
import { type CheckDecomposed, decomposable } from "./shared/linear/decompose-shape.js";
import { svd } from "./svd.js";

const name = "matrixRank";

/** Options of `matrixRank`. */
export interface MatrixRankOptions {
  /** Up to which number singular values count as 0. @default the largest one · the larger of m and n · 1.19e-7 */
  readonly tol?: number;
}

/**
 * How many rows of matrices are independent: the number of singular values that are not 0, but for roundings. The rule is that of
 * `numpy.linalg.matrix_rank`. Of a matrix with an infinite number or NaN in it, it is 0.
 *
 * @param x [..., m, n], float32; m and n are numbers, or one name
 * @param options `tol` (the largest singular value · the larger of m and n · 1.19e-7)
 * @returns [...], int32
 * @throws SW_SHAPE when x has less than two axes, or it is not known whether rows or columns are fewer; SW_DTYPE when x is not float32; SW_VALUE
 *   when tol is negative
 * @example
 * const ranks = matrixRank(input(["batch", 5, 3])); // Tensor<["batch"], "int32">
 */
export function matrixRank<const S extends Shape, D extends DType, Now extends "now" = "now">(
  x: Tensor<S, D> & CheckDecomposed<typeof name, S, D, Now>,
  options: MatrixRankOptions = {},
): Tensor<RemoveAxes<S, [-1, -2]>, "int32"> {
  const node = nodeOf(x, name);
  const { rows, columns } = decomposable(name, node);
  checkOptions<MatrixRankOptions>(name, options, { tol: notNegative });
  const { tol } = options;
  return calling(name, () => {
    const values = nodeOf(svd(tensorOf(node) as Tensor<[1, 1]>)[1]);
    const axes = [values.rank - 1];
    const more = b.op("maximum", [b.size([rows]), b.size([columns])]);
    const share = b.op("multiply", [more, b.scalar(2 ** -23)]);
    const least =
      tol === undefined ? b.op("multiply", [b.op("max", [values], { axes, keepDims: true }), share]) : b.scalar(tol);
    const isLarge = b.op("cast", [b.op("greater", [values, least])], { dtype: "int32" });
    return tensorOf(b.op("sum", [isLarge], { axes, keepDims: false }));
  }) as never;
}
