import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { decomposed, solved } from "./shared/linear/lu.js";
import { matricesOf, stacked, turnedMatrix } from "./shared/linear/matrices.js";
import { type CheckSidesFloats, refuseUnlessSolvable } from "./shared/linear/solve-shape.js";
import { type CheckSquareFloats, hasInverse } from "./shared/linear/square.js";
import { withColumns } from "./shared/linear/withColumns.js";
import { onHost } from "./shared/onHost.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** x with A · x = b, or Aᵀ · x = b. b has columns. */
    solve: { readonly transpose: boolean };
  }
}

const reference: ValueOpDefinition<"solve">["reference"] = ([a, b], { attributes: { transpose } }) => {
  const [n, columns] = b!.shape.slice(-2) as [number, number];
  const sides = matricesOf(b!);
  const found = matricesOf(a!).map((matrix, i) =>
    solved(decomposed(transpose ? turnedMatrix(matrix, n, n) : matrix, n), n, sides[i]!, columns),
  );
  return stacked(found, b!.shape);
};

export const solveOp: ValueOpDefinition<"solve"> = {
  name: "solve",
  words: { noun: "solution", formula: ([a, b], { transpose }) => `${a}${transpose ? "⁻ᵀ" : "⁻¹"} · ${b}` },
  infer([a, b]) {
    refuseUnlessSolvable("solve", a!, b!);
    return { shape: b!.shape, dtype: "float32" };
  },
  gradient({ b, inputs: [a], dy, node }) {
    // A · x = b: db = A⁻ᵀ · dx, and dA = -db · xᵀ (Giles, 2008). Of Aᵀ, it is turned.
    const { transpose } = node.attributes;
    const db = b.op("solve", [a!, dy], { transpose: !transpose });
    return [b.op("neg", [b.op("matmul", transpose ? [node, db] : [db, node], { transposeB: true })]), db];
  },
  tensorflow: (t, [a, b], { attributes: { transpose } }) =>
    t.op("MatrixSolve", [a!, b!], { T: { type: "float32" }, adjoint: { bool: transpose } }),
  tfjs: onHost<"solve">(reference).tfjs,
  reference,
  // Elimination, and then two triangles for each right side.
  flops: ({ inputs: [a], shape }) =>
    Math.round((2 / 3) * elementCount(a!) * a!.at(-1)!) + 2 * elementCount(shape) * a!.at(-1)!,
  inRange: hasInverse,
};

export const solveSamples: Samples<"solve"> = () => {
  const a = array(new Float32Array([0.5, 2, -1, 1, -1.5, 0.25, 0.75, -0.5, 1]), [1, 3, 3]);
  return [
    { inputs: [a, ramp([1, 3, 2])], attributes: { transpose: false } },
    { inputs: [a, ramp([1, 3, 2])], attributes: { transpose: true } },
    { inputs: [array(new Float32Array([1, 3, -2, 4]), [2, 2]), ramp([2, 1])], attributes: { transpose: false } },
  ];
};

/**
 * The solutions x of a · x = b.
 *
 * @param a [..., n, n], float32
 * @param b [..., n], or [..., n, columns]: as many right sides beside one another; float32
 * @returns b's shape
 * @throws SW_SHAPE when matrices are not square, or their right sides of another shape; SW_DTYPE when one is not float32; SW_DATA when a
 *   matrix is singular (on TensorFlow, that may be said of NaN, too), known when the program runs
 * @see M. Giles, An extended collection of matrix derivative results for forward and reverse mode algorithmic differentiation, 2008
 * @example
 * const x = solve(input(["batch", 3, 3]), input(["batch", 3])); // Tensor<["batch", 3], "float32">
 */
export function solve<const A extends Shape, D extends DType, const B extends Shape, E extends DType>(
  a: Tensor<A, D> & CheckSquareFloats<"solve", A, D>,
  b: Tensor<B, E> & CheckSidesFloats<"solve", A, B, E>,
): Tensor<B> {
  const [matrices, sides] = [nodeOf(a, "solve"), nodeOf(b, "solve")];
  refuseUnlessSolvable("solve", matrices, sides);
  return tensorOf(
    calling("solve", () => withColumns(matrices, sides, (b) => makeNode(solveOp, [matrices, b], { transpose: false }))),
  );
}
