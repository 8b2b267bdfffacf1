import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { DimAt, ReplaceAxis } from "../types/axis.js";
import type { SameShape, Shape, SplitLast } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { matmulOp } from "./matmul.js";
import { qrOp } from "./qr.js";
import { reshapeOp } from "./reshape.js";
import { resultsOf } from "./result.js";
import type { CheckSameShape } from "./shared/join.js";
import { type CheckDecomposed, decomposable } from "./shared/linear/decompose-shape.js";
import { type CheckSidesFloats, checkSides } from "./shared/linear/solve-shape.js";
import { movedAxis } from "./shared/moved-axis.js";
import { triangularSolveOp } from "./triangularSolve.js";

/** A solution for each right side. */
export type Lstsq<A extends Shape, B extends Shape> =
  SameShape<Lead<A>, Lead<B>> extends true
    ? ReplaceAxis<B, -2, DimAt<A, -1>>
    : unknown extends CheckSameShape<"lstsq", Lead<A>, Lead<B>>
      ? ReplaceAxis<B, -2, DimAt<A, -1>>
      : ReplaceAxis<B, -1, DimAt<A, -1>>;

type Lead<S> = SplitLast<S> extends [infer Before extends Shape, unknown] ? Before : any;

/**
 * Least squares: the x for which a · x is nearest to b; where several are, because a has more columns than rows, the shortest. The
 * columns of a, or its rows where they are fewer, have to be independent: else x is as roundings have it, and differs between backends: a
 * nearest one that is not the shortest, of huge numbers, infinite, or NaN.
 *
 * @param a [..., m, n], float32; m and n are numbers, or one name
 * @param b [..., m], or [..., m, columns]: as many right sides beside one another; float32
 * @returns [..., n], or [..., n, columns]
 * @throws SW_SHAPE when it is not known whether rows or columns are fewer, or right sides have another shape; SW_DTYPE when one is not
 *   float32
 * @example
 * const line = lstsq(input([100, 2]), input([100])); // Tensor<[2], "float32">
 */
export function lstsq<
  const A extends Shape,
  D extends DType,
  const B extends Shape,
  E extends DType,
  Now extends Moment = "now",
>(
  a: Tensor<A, D> & CheckDecomposed<"lstsq", A, D, Now>,
  b: Tensor<B, E> & CheckSidesFloats<"lstsq", A, B, E>,
): Tensor<Settled<Lstsq<A, B>>[Now]> {
  const [matrices, sides] = [nodeOf(a, "lstsq"), nodeOf(b, "lstsq")];
  const { batch, columns, fewer } = decomposable("lstsq", matrices);
  refuse("SW_DTYPE", "lstsq", checkDType("lstsq", sides.dtype, ["float32"]));
  refuse("SW_SHAPE", "lstsq", checkSides("lstsq", matrices.shape, sides.shape));
  const isVector = sides.rank < matrices.rank;
  return calling("lstsq", () => {
    const right = isVector ? makeNode(reshapeOp, [sides], { shape: [...sides.shape, 1] }) : sides;
    const isDeep = fewer === columns;
    const [first, second] = [matrices.rank - 2, matrices.rank - 1];
    // a = Q · R: x = R⁻¹ · Qᵀ · b. Of more columns than rows, aᵀ = Q · R: x = Q · R⁻ᵀ · b.
    const [q, r] = resultsOf(makeNode(qrOp, [isDeep ? matrices : movedAxis(matrices, first, second)], {}));
    const solve = { lower: false, transpose: !isDeep };
    const x = isDeep
      ? makeNode(triangularSolveOp, [r!, makeNode(matmulOp, [q!, right], { transposeA: true })], solve)
      : makeNode(matmulOp, [q!, makeNode(triangularSolveOp, [r!, right], solve)], {});
    return tensorOf(isVector ? makeNode(reshapeOp, [x], { shape: [...batch, columns] }) : x);
  });
}
