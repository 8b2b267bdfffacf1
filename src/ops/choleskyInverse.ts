import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, flag, type OptionRules } from "../ir/options.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { broadcastToOp } from "./broadcastTo.js";
import type { CholeskyOptions } from "./cholesky.js";
import { eyeNode } from "./eye.js";
import { matmulOp } from "./matmul.js";
import { type CheckSquareFloats, refuseUnlessSquare } from "./shared/linear/square.js";
import { triangularSolveOp } from "./triangularSolve.js";

const rules: OptionRules<CholeskyOptions> = { upper: flag };

/**
 * The inverses of matrices whose triangles `cholesky` gave: (L · Lᵀ)⁻¹.
 *
 * @param x the triangles, [..., n, n], float32
 * @param options `upper` (false): that they are upper ones
 * @returns the same shape
 * @throws SW_SHAPE when matrices are not square, SW_DTYPE when x is not float32
 * @example
 * const L = cholesky(input(["batch", 3, 3]));
 * const inverses = choleskyInverse(L); // Tensor<["batch", 3, 3], "float32">
 */
export function choleskyInverse<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckSquareFloats<"choleskyInverse", S, D>,
  options: CholeskyOptions = {},
): Tensor<S> {
  const node = nodeOf(x, "choleskyInverse");
  checkOptions("choleskyInverse", options, rules);
  refuseUnlessSquare("choleskyInverse", node);
  const { upper = false } = options;
  return calling("choleskyInverse", () => {
    const identity = makeNode(broadcastToOp, [eyeNode(node.shape.at(-1)!)], { shape: node.shape });
    const inverted = makeNode(triangularSolveOp, [node, identity], { lower: !upper, transpose: false });
    return tensorOf(makeNode(matmulOp, [inverted, inverted], upper ? { transposeB: true } : { transposeA: true }));
  });
}
