import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { checkOptions, flag, type OptionRules } from "../ir/options.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { solvedLower, solvedUpper } from "./shared/linear/lu.js";
import { matricesOf, stacked, triangles, turnedMatrix } from "./shared/linear/matrices.js";
import { type CheckSidesFloats, refuseUnlessSolvable } from "./shared/linear/solve-shape.js";
import type { CheckSquareFloats } from "./shared/linear/square.js";
import { withColumns } from "./shared/linear/withColumns.js";
import { onHost } from "./shared/onHost.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** x with A · x = b, or Aᵀ · x = b, where of A one triangle is read. b has columns. */
    triangularSolve: { readonly lower: boolean; readonly transpose: boolean };
  }
}

const reference: ValueOpDefinition<"triangularSolve">["reference"] = ([a, b], { attributes: { lower, transpose } }) => {
  const [n, columns] = b!.shape.slice(-2) as [number, number];
  const sides = matricesOf(b!);
  const found = matricesOf(a!).map((matrix, i) => {
    const read = transpose ? turnedMatrix(matrix, n, n) : matrix;
    return lower === transpose
      ? solvedUpper(read, n, sides[i]!, columns)
      : solvedLower(read, n, sides[i]!, columns, false);
  });
  return stacked(found, b!.shape);
};

export const triangularSolveOp: ValueOpDefinition<"triangularSolve"> = {
  name: "triangularSolve",
  words: { noun: "solution", formula: ([a, b], { transpose }) => `${a}${transpose ? "⁻ᵀ" : "⁻¹"} · ${b}` },
  infer([a, b]) {
    refuseUnlessSolvable("triangularSolve", a!, b!);
    return { shape: b!.shape, dtype: "float32" };
  },
  gradient({ b, inputs: [a], dy, node }) {
    // A · x = b: db = A⁻ᵀ · dx, and dA = -db · xᵀ in the triangle that is read. Of Aᵀ, it is turned.
    const { lower, transpose } = node.attributes;
    const db = b.op("triangularSolve", [a!, dy], { lower, transpose: !transpose });
    const product = b.op("matmul", transpose ? [node, db] : [db, node], { transposeB: true });
    const mask = triangles(b, a!.shape.at(-1)!, lower ? -1 : 0, -1, lower ? 0 : -1);
    return [b.op("multiply", [product, mask]), db];
  },
  tensorflow: (t, [a, b], { attributes: { lower, transpose } }) =>
    t.op("MatrixTriangularSolve", [a!, b!], {
      T: { type: "float32" },
      lower: { bool: lower },
      adjoint: { bool: transpose },
    }),
  ...onHost<"triangularSolve">(reference),
  reference,
  flops: ({ inputs: [a], shape }) => elementCount(shape) * a!.at(-1)!,
};

export const triangularSolveSamples: Samples<"triangularSolve"> = () => {
  const a = array(new Float32Array([2, 0.5, -1, 1, -1.5, 0.25, 0.75, -0.5, 1]), [1, 3, 3]);
  const b = ramp([1, 3, 2]);
  return [
    { inputs: [a, b], attributes: { lower: true, transpose: false } },
    { inputs: [a, b], attributes: { lower: true, transpose: true } },
    { inputs: [a, b], attributes: { lower: false, transpose: false } },
    {
      inputs: [array(new Float32Array([1, 3, -2, 4]), [2, 2]), ramp([2, 1])],
      attributes: { lower: false, transpose: true },
    },
  ];
};

/** Options of `triangularSolve`. */
export interface TriangularSolveOptions {
  /** Which triangle of the matrices is read: the lower one, or the upper. @default true */
  readonly lower?: boolean;
  /** Whether the matrices are read with rows for columns. @default false */
  readonly transpose?: boolean;
}

const rules: OptionRules<TriangularSolveOptions> = { lower: flag, transpose: flag };

/**
 * The solutions x of a · x = b, where of a one triangle is read; what stands in the other one is of no matter. Where a diagonal has
 * zeros, they are infinite, or NaN.
 *
 * @param a [..., n, n], float32
 * @param b [..., n], or [..., n, columns]: as many right sides beside one another; float32
 * @param options `lower` (true: TensorFlow's default; Keras's is false) and `transpose` (false)
 * @returns b's shape
 * @throws SW_SHAPE when matrices are not square, or their right sides of another shape; SW_DTYPE when one is not float32
 * @example
 * const L = cholesky(input(["batch", 3, 3]));
 * const x = triangularSolve(L, input(["batch", 3])); // Tensor<["batch", 3], "float32">
 */
export function triangularSolve<const A extends Shape, D extends DType, const B extends Shape, E extends DType>(
  a: Tensor<A, D> & CheckSquareFloats<"triangularSolve", A, D>,
  b: Tensor<B, E> & CheckSidesFloats<"triangularSolve", A, B, E>,
  options: TriangularSolveOptions = {},
): Tensor<B> {
  checkOptions("triangularSolve", options, rules);
  const [matrices, sides] = [nodeOf(a, "triangularSolve"), nodeOf(b, "triangularSolve")];
  refuseUnlessSolvable("triangularSolve", matrices, sides);
  const { lower = true, transpose = false } = options;
  const attributes = { lower, transpose };
  return tensorOf(
    calling("triangularSolve", () =>
      withColumns(matrices, sides, (b) => makeNode(triangularSolveOp, [matrices, b], attributes)),
    ),
  );
}
