import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type MultiplyDims, multiplyDims } from "../types/arithmetic.js";
import type { Batched, Dim, Shape, SplitLast, UnknownShape } from "../types/dim.js";
import { type CheckDType, type CheckSameDType, checkDType, checkSameDType } from "../types/dtype.js";
import { productOf } from "../types/product.js";
import { builder as b } from "./builder.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { repeated } from "./shared/repeated.js";

/** Along each axis, counted from the last, the product of both sizes; of the one with fewer axes, those that are missing are 1. */
export type Kron<A, B, Done extends Shape = []> =
  SplitLast<A> extends infer Left
    ? Left extends [infer RestA extends Shape, infer X extends Dim]
      ? SplitLast<B> extends infer Right
        ? Right extends [infer RestB, infer Y extends Dim]
          ? Kron<RestA, RestB, [MultiplyDims<X, Y>, ...Done]>
          : Right extends []
            ? Batched<[...RestA, X], Done>
            : UnknownShape
        : never
      : Left extends []
        ? B extends Shape
          ? Batched<B, Done>
          : UnknownShape
        : UnknownShape
    : never;

/**
 * Kronecker's product: in the place of each element of a, all of b times that element. The rule is that of `numpy.kron`: where one has fewer
 * axes, they stand in front as 1.
 *
 * @param a any shape, float32 or int32
 * @param b any shape, the same dtype
 * @returns along each axis, as many places as both have together: the product of the sizes
 * @throws SW_DTYPE when the dtypes differ, or are neither
 * @example
 * const blocks = kron(eye(3), input([2, "n"])); // Tensor<[6, "n*3"], "float32">
 */
export function kron<const A extends Shape, D extends DType, const B extends Shape, E extends DType>(
  a: Tensor<A, D> & CheckDType<"kron", D, "float32" | "int32">,
  b: Tensor<B, E> & FirstMessage<CheckDType<"kron", E, "float32" | "int32">, CheckSameDType<"kron", D, E>>,
): Tensor<Kron<A, B>, D> {
  const nodes = [nodeOf(a, "kron"), nodeOf(b, "kron")] as const;
  for (const { dtype } of nodes) refuse("SW_DTYPE", "kron", checkDType("kron", dtype, ["float32", "int32"]));
  refuse("SW_DTYPE", "kron", checkSameDType("kron", nodes[0].dtype, nodes[1].dtype));
  return calling("kron", () => tensorOf(product(...nodes)));
}

function product(a: Node, other: Node): Node {
  const rank = Math.max(2, a.rank, other.rank);
  const [x, y] = [ofRank(a, rank), ofRank(other, rank)];
  const size = x.shape.map((dim, axis) => multiplyDims(dim, y.shape[axis]!));
  // Two axes are taken apart, each into one of x and one of y, and broadcast. More than that, TensorFlow does not: others are repeated.
  const leading = Array.from({ length: rank - 2 }, (_, axis) => axis);
  const left = leading.reduce((wide, axis) => repeated(wide, axis, y.shape[axis]!, "elements"), x);
  const right = leading.reduce((wide, axis) => repeated(wide, axis, x.shape[axis]!, "all"), y);
  const before = productOf(size.slice(0, -2));
  const [[m, n], [k, l]] = [x.shape.slice(-2), y.shape.slice(-2)] as [[Dim, Dim], [Dim, Dim]];
  const apart = (node: Node, shape: readonly Dim[]) => b.op("reshape", [node], { shape: [before, ...shape] });
  const products = b.op("multiply", [apart(left, [m, 1, n, 1]), apart(right, [1, k, 1, l])]);
  return b.op("reshape", [products], { shape: size.slice(rank - Math.max(a.rank, other.rank)) });
}

/** With axes of 1 in front. */
function ofRank(x: Node, rank: number): Node {
  if (x.rank === rank) return x;
  return b.op("reshape", [x], { shape: [...Array.from({ length: rank - x.rank }, () => 1), ...x.shape] });
}
