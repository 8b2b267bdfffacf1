import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { RemoveAxes } from "../types/reduce.js";
import { decomposed } from "./shared/linear/lu.js";
import { matricesOf, stacked, turned } from "./shared/linear/matrices.js";
import { type CheckSquareFloats, refuseUnlessSquare } from "./shared/linear/square.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    det: Record<never, never>;
  }
}

const reference: ValueOpDefinition<"det">["reference"] = ([x], { shape }) => {
  const n = x!.shape.at(-1)!;
  const found = matricesOf(x!).map((matrix) => {
    const { factors, sign } = decomposed(matrix, n);
    let product = sign;
    for (let k = 0; k < n; k++) product *= factors[k * n + k]!;
    return [product];
  });
  return stacked(found, shape);
};

export const detOp: ValueOpDefinition<"det"> = {
  name: "det",
  words: { noun: "determinant", formula: ([x]) => `|${x}|` },
  infer([x]) {
    refuseUnlessSquare("det", x!);
    return { shape: x!.shape.slice(0, -2), dtype: "float32" };
  },
  gradient({ b, inputs: [x], dy, node }) {
    // d|X| = dy · |X| · X⁻ᵀ (Giles, 2008)
    const scale = b.op("reshape", [b.op("multiply", [dy, node])], { shape: [...node.shape, 1, 1] });
    return [b.op("multiply", [scale, turned(b, b.op("inverse", [x!]))])];
  },
  tensorflow: (t, [x]) => t.op("MatrixDeterminant", [x!], { T: { type: "float32" } }),
  ...onHost<"det">(reference),
  reference,
  flops: ({ inputs: [x] }) => Math.round((2 / 3) * elementCount(x!) * x!.at(-1)!),
};

export const detSamples: Samples<"det"> = () =>
  plainSamples(
    [array(new Float32Array([0.5, 2, -1, 1, -1.5, 0.25, 0.75, -0.5, 1]), [1, 3, 3])],
    [array(new Float32Array([1, 3, -2, 4]), [2, 2])],
    [array(new Float32Array([2, -0.5]), [2, 1, 1])],
  );

/**
 * The determinants of matrices. Of large ones it overflows soon: then take `slogdet`. The gradient needs inverses, which singular
 * matrices have not: there it is refused, as by TensorFlow. (PyTorch's is of a matrix nearby: zeros for [[1, 2], [2, 4]], whose cofactors are
 * 4, -2, -2 and 1.)
 *
 * @param x [..., n, n], float32
 * @returns [...]
 * @throws SW_SHAPE when matrices are not square, SW_DTYPE when x is not float32; where gradients are taken, SW_DATA when a matrix is
 *   singular
 * @see M. Giles, An extended collection of matrix derivative results for forward and reverse mode algorithmic differentiation, 2008
 * @example
 * const volumes = det(input(["batch", 3, 3])); // Tensor<["batch"], "float32">
 */
export function det<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckSquareFloats<"det", S, D>,
): Tensor<RemoveAxes<S, [-1, -2]>> {
  return tensorOf(makeNode(detOp, [nodeOf(x, "det")], {}));
}
