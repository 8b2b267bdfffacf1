import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { RemoveAxes } from "../types/reduce.js";
import { resultsOf } from "./result.js";
import { decomposed, finiteIn } from "./shared/linear/finite.js";
import { eigenOf } from "./shared/linear/jacobi.js";
import { symmetric } from "./shared/linear/matrices.js";
import { signsIn } from "./shared/linear/signs.js";
import { differences, onDiagonal } from "./shared/linear/spectra.js";
import { type CheckSquareFloats, refuseUnlessSquare } from "./shared/linear/square.js";
import { symmetricIn } from "./shared/linear/tensorflow.js";
import { resultsOnHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The eigenvalues of (x + xᵀ)/2, the smallest first, and its eigenvectors as columns. */
    eigh: Record<never, never>;
  }
}

const reference: ResultsOpDefinition<"eigh">["reference"] = ([x], { shape }) =>
  decomposed(x!, [shape, x!.shape], (matrix) => eigenOf(matrix, x!.shape.at(-1)!));

export const eighOp: ResultsOpDefinition<"eigh"> = {
  name: "eigh",
  several: true,
  words: { results: ["eigenvalues", "eigenvectors"] },
  infer([x]) {
    refuseUnlessSquare("eigh", x!);
    return [
      { shape: x!.shape.slice(0, -1), dtype: "float32" },
      { shape: x!.shape, dtype: "float32" },
    ];
  },
  gradient({ b, dys: [dw, dv], node }) {
    // dA = V · (diag(dw) + F ∘ (Vᵀ · dV)) · Vᵀ with F_ij = 1/(w_j - w_i), and 0 where they are equal (Giles, 2008); made symmetric.
    const [w, v] = b.results(node) as [Node, Node];
    const parts: Node[] = [];
    if (dw) parts.push(onDiagonal(b, dw));
    if (dv) parts.push(b.op("multiply", [differences(b, w), b.op("matmul", [v, dv], { transposeA: true })]));
    const inner = parts.reduce((sum, part) => b.op("add", [sum, part]));
    return [symmetric(b, b.op("matmul", [b.op("matmul", [v, inner]), v], { transposeB: true }))];
  },
  tensorflow(t, [x], { inputs }) {
    const { shape } = inputs[0]!;
    const T = { type: "float32" } as const;
    const finite = finiteIn(t, symmetricIn(t, x!, shape.length));
    const values = t.op("SelfAdjointEigV2", [finite.matrices], { T, compute_v: { bool: true } }, 2);
    const vectors = t.output(values, 1);
    const signed = t.op("Mul", [vectors, signsIn(t, vectors, shape.at(-1)!)], { T });
    return [finite.vector(values), finite.matrix(signed)];
  },
  tfjs: resultsOnHost(reference),
  reference,
  // To a tridiagonal matrix, its eigenvalues, and vectors back (Golub and Van Loan).
  flops: ({ inputs: [x] }) => 9 * elementCount(x!) * x!.at(-1)!,
};

export const eighSamples: Samples<"eigh"> = () =>
  plainSamples(
    [array(new Float32Array([4, 1, 1, 2]), [2, 2])],
    [array(new Float32Array([2, 0.5, -0.5, 0.3, 3, 1, -0.7, 1, -1.5]), [1, 3, 3])],
    [array(new Float32Array([1.5, -4]), [2, 1, 1])],
  );

/**
 * The eigenvalues and eigenvectors of symmetric matrices. Of others, (x + xᵀ)/2 is taken, so that the gradient is symmetric. Of a
 * vector v and -v, the one is given whose sum Σ vᵢ/√(i + 1) is not negative; where eigenvalues are equal, any vectors at right angles
 * may come, and they have no gradient. A matrix with an infinite number or NaN in it has NaN in all of its results.
 *
 * @param x [..., n, n], float32
 * @returns the eigenvalues, the smallest first, [..., n], and the eigenvectors as columns, [..., n, n]
 * @throws SW_SHAPE when matrices are not square, SW_DTYPE when x is not float32
 * @see M. Giles, An extended collection of matrix derivative results for forward and reverse mode algorithmic differentiation, 2008
 * @example
 * const [values, vectors] = eigh(input(["batch", 3, 3])); // values: Tensor<["batch", 3], "float32">
 */
export function eigh<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckSquareFloats<"eigh", S, D>,
): [values: Tensor<RemoveAxes<S, -1>>, vectors: Tensor<S>] {
  const [values, vectors] = resultsOf(makeNode(eighOp, [nodeOf(x, "eigh")], {}));
  return [tensorOf(values!), tensorOf(vectors!)];
}
