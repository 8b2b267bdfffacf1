import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { decomposed, solved } from "./shared/linear/lu.js";
import { matricesOf, stacked } from "./shared/linear/matrices.js";
import { type CheckSquareFloats, hasInverse, refuseUnlessSquare } from "./shared/linear/square.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    inverse: Record<never, never>;
  }
}

const reference: ValueOpDefinition<"inverse">["reference"] = ([x]) => {
  const n = x!.shape.at(-1)!;
  const identity = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  const found = matricesOf(x!).map((matrix) => solved(decomposed(matrix, n), n, identity, n));
  return stacked(found, x!.shape);
};

export const inverseOp: ValueOpDefinition<"inverse"> = {
  name: "inverse",
  words: { formula: ([x]) => `${x}⁻¹` },
  infer([x]) {
    refuseUnlessSquare("inverse", x!);
    return { shape: x!.shape, dtype: "float32" };
  },
  gradient({ b, dy, node }) {
    // Y = X⁻¹: dX = -Yᵀ · dY · Yᵀ (Giles, 2008)
    const right = b.op("matmul", [dy, node], { transposeB: true });
    return [b.op("neg", [b.op("matmul", [node, right], { transposeA: true })])];
  },
  tensorflow: (t, [x]) => t.op("MatrixInverse", [x!], { T: { type: "float32" }, adjoint: { bool: false } }),
  tfjs: onHost<"inverse">(reference).tfjs,
  reference,
  flops: ({ shape }) => 2 * elementCount(shape) * shape.at(-1)!,
  inRange: hasInverse,
};

export const inverseSamples: Samples<"inverse"> = () =>
  plainSamples(
    [array(new Float32Array([0.5, 2, -1, 1, -1.5, 0.25, 0.75, -0.5, 1]), [1, 3, 3])],
    [array(new Float32Array([1, 3, -2, 4]), [2, 2])],
    [array(new Float32Array([2, -0.5]), [2, 1, 1])],
  );

/**
 * The inverses of matrices. To solve a · x = b, `solve` is faster and more exact.
 *
 * @param x [..., n, n], float32
 * @returns the same shape
 * @throws SW_SHAPE when matrices are not square, SW_DTYPE when x is not float32; SW_DATA when a matrix is singular (on TensorFlow, that may be said of NaN, too), known when the
 *   program runs
 * @see M. Giles, An extended collection of matrix derivative results for forward and reverse mode algorithmic differentiation, 2008
 * @example
 * const inverses = inverse(input(["batch", 3, 3])); // Tensor<["batch", 3, 3], "float32">
 */
export function inverse<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckSquareFloats<"inverse", S, D>,
): Tensor<S> {
  return tensorOf(makeNode(inverseOp, [nodeOf(x, "inverse")], {}));
}
