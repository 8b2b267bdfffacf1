import { elementCount } from "../ir/array.js";
import type { Builder } from "../ir/builder.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import { type ReplaceAxis, replaceAxis } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import type { RemoveAxes } from "../types/reduce.js";
import { resultsOf } from "./result.js";
import { type CheckDecomposed, decomposable, type Fewer } from "./shared/linear/decompose-shape.js";
import { decomposed, finiteIn } from "./shared/linear/finite.js";
import { singularOf } from "./shared/linear/jacobi.js";
import { turned } from "./shared/linear/matrices.js";
import { signsIn } from "./shared/linear/signs.js";
import { differences, inverseOrZero, onDiagonal } from "./shared/linear/spectra.js";
import { turnedIn } from "./shared/linear/tensorflow.js";
import { resultsOnHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** U, s and Vᵀ with U · diag(s) · Vᵀ = x. */
    svd: Record<never, never>;
  }
}

/** The shapes of U, s and Vᵀ. */
function shapesOf(shape: readonly Dim[], fewer: Dim): [u: Dim[], s: Dim[], vt: Dim[]] {
  return [replaceAxis(shape, -1, fewer), [...shape.slice(0, -2), fewer], replaceAxis(shape, -2, fewer)];
}

const reference: ResultsOpDefinition<"svd">["reference"] = ([x]) => {
  const [rows, columns] = x!.shape.slice(-2) as [number, number];
  const shapes = shapesOf(x!.shape, Math.min(rows, columns)) as number[][];
  return decomposed(x!, shapes, (matrix) => singularOf(matrix, rows, columns));
};

export const svdOp: ResultsOpDefinition<"svd"> = {
  name: "svd",
  several: true,
  words: { results: ["left_singular", "singular_values", "right_singular"] },
  infer([x]) {
    const { fewer } = decomposable("svd", x!);
    return shapesOf(x!.shape, fewer).map((shape) => ({ shape, dtype: "float32" }));
  },
  gradient({ b, dys: [du, ds, dvt], node }) {
    // With F_ij = 1/(s_j² - s_i²), and 0 where they are equal (Townsend, "Differentiating the singular value decomposition", 2016):
    // dA = U · (diag(ds) + F ∘ (Uᵀ·dU - dUᵀ·U) · S + S · F ∘ (Vᵀ·dV - dVᵀ·V)) · Vᵀ + (I - U·Uᵀ) · dU · S⁻¹ · Vᵀ + U · S⁻¹ · dVᵀ · (I - V·Vᵀ)
    const [u, s, vt] = b.results(node) as [Node, Node, Node];
    const row = b.op("reshape", [s], { shape: [...s.shape.slice(0, -1), 1, s.shape.at(-1)!] });
    const column = b.op("reshape", [s], { shape: [...s.shape, 1] });
    const F = differences(b, b.op("square", [s]));
    const inner: Node[] = ds ? [onDiagonal(b, ds)] : [];
    const outer: Node[] = [];
    if (du) {
      const product = b.op("matmul", [u, du], { transposeA: true });
      inner.push(b.op("multiply", [b.op("multiply", [F, skew(b, product)]), row]));
      const across = b.op("subtract", [du, b.op("matmul", [u, product])]);
      outer.push(b.op("matmul", [b.op("multiply", [across, inverseOrZero(b, row)]), vt]));
    }
    if (dvt) {
      const product = b.op("matmul", [vt, dvt], { transposeB: true });
      inner.push(b.op("multiply", [b.op("multiply", [F, skew(b, product)]), column]));
      const across = b.op("subtract", [dvt, b.op("matmul", [product, vt], { transposeA: true })]);
      outer.push(b.op("matmul", [u, b.op("multiply", [across, inverseOrZero(b, column)])]));
    }
    const sum = (parts: readonly Node[]) => parts.reduce((a, part) => b.op("add", [a, part]));
    return [sum([b.op("matmul", [b.op("matmul", [u, sum(inner)]), vt]), ...outer])];
  },
  tensorflow(t, [x], { inputs }) {
    const { shape } = inputs[0]!;
    const T = { type: "float32" } as const;
    const finite = finiteIn(t, x!);
    const s = t.op("Svd", [finite.matrices], { T, compute_uv: { bool: true }, full_matrices: { bool: false } }, 3);
    const [u, v] = [t.output(s, 1), t.output(s, 2)];
    const signs = signsIn(t, u, shape.at(-2)!);
    const vt = turnedIn(t, t.op("Mul", [v, signs], { T }), shape.length);
    return [finite.matrix(t.op("Mul", [u, signs], { T })), finite.vector(s), finite.matrix(vt)];
  },
  tfjs: resultsOnHost(reference),
  reference,
  // Golub and Van Loan, of U, s and V.
  flops: ({ inputs: [x] }) => 20 * elementCount(x!) * Math.min(...x!.slice(-2)),
};

/** A matrix less its transpose. */
function skew(b: Builder, x: Node): Node {
  return b.op("subtract", [x, turned(b, x)]);
}

export const svdSamples: Samples<"svd"> = () =>
  plainSamples([ramp([2, 2])], [ramp([1, 3, 2], 1)], [ramp([2, 2, 3], 2)], [ramp([2, 1, 1])]);

/**
 * Matrices as products U · diag(s) · Vᵀ: the columns of U and the rows of Vᵀ are at right angles and of length 1. Of a vector u of U and
 * -u, the one is given whose sum Σ uᵢ/√(i + 1) is not negative. Where singular values are equal, any such vectors may come, and they have
 * no gradient; nor have those of the value 0. A matrix with an infinite number or NaN in it has NaN in all of its results.
 *
 * @param x [..., m, n], float32; m and n are numbers, or one name
 * @returns U, [..., m, k]; s, the largest first, [..., k]; and Vᵀ, [..., k, n], where k is the smaller of m and n. Keras's U and Vᵀ are
 *   square, unless it is told not to
 * @throws SW_SHAPE when x has less than two axes, or it is not known whether rows or columns are fewer; SW_DTYPE when x is not float32
 * @see J. Townsend, Differentiating the singular value decomposition, 2016
 * @example
 * const [u, s, vt] = svd(input(["batch", 4, 3])); // s: Tensor<["batch", 3], "float32">
 */
export function svd<const S extends Shape, D extends DType, Now extends "now" = "now">(
  x: Tensor<S, D> & CheckDecomposed<"svd", S, D, Now>,
): [
  u: Tensor<ReplaceAxis<S, -1, Fewer<S>>>,
  s: Tensor<ReplaceAxis<RemoveAxes<S, -1>, -1, Fewer<S>>>,
  vt: Tensor<ReplaceAxis<S, -2, Fewer<S>>>,
] {
  const [u, s, vt] = resultsOf(makeNode(svdOp, [nodeOf(x, "svd")], {}));
  return [tensorOf(u!), tensorOf(s!), tensorOf(vt!)];
}
