import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import { checkOption, int32 } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type AddDims, addDims } from "../types/arithmetic.js";
import type { DimAt } from "../types/axis.js";
import type { Dim, IsUnknown, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type CheckVector, checkVector } from "../types/vector.js";
import { addOp } from "./add.js";
import { places } from "./arange.js";
import { scalarNode } from "./constant.js";
import { equalOp } from "./equal.js";
import { padOp } from "./pad.js";
import { reshapeOp } from "./reshape.js";
import { selectOp } from "./select.js";
import type { SizeOf } from "./shared/diagonal-shape.js";
import type { FirstMessage } from "./shared/firstMessage.js";

/** The side of a square in which N elements stand on the K-th diagonal. */
export type DiagSide<N extends Dim, K extends number> = IsUnknown<K> extends true ? number : AddDims<N, SizeOf<K>>;

/**
 * A square matrix with a vector on a diagonal, and zeros elsewhere. A matrix's own diagonal is `diagonal`'s.
 *
 * @param x a vector, float32 or int32
 * @param k which diagonal: 0, unless said otherwise, is the main one; 1 is the one above it, -1 the one below
 * @throws SW_SHAPE when x is no vector, SW_DTYPE for bool, SW_VALUE when k is no integer
 * @example
 * diag(input([3]));    // Tensor<[3, 3], "float32">
 * diag(input([3]), 1); // Tensor<[4, 4], "float32">
 */
export function diag<const S extends Shape, D extends DType, const K extends number = 0>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"diag", D, "float32" | "int32">, CheckVector<"diag", S>>,
  k?: K & CheckInt32<"diag", "k", K>,
): Tensor<[DiagSide<DimAt<S, 0>, K>, DiagSide<DimAt<S, 0>, K>], D> {
  const node = nodeOf(x, "diag");
  const offset: number = k ?? 0;
  checkOption("diag", "k", k, int32);
  refuse("SW_DTYPE", "diag", checkDType("diag", node.dtype, ["float32", "int32"]));
  refuse("SW_SHAPE", "diag", checkVector("diag", node.shape));
  const side = addDims(node.shape[0]!, Math.abs(offset));
  return calling("diag", () => {
    // Each element stands in its own row above the main diagonal, and in its own column below.
    const longer = makeNode(padOp, [node], { paddings: [[0, Math.abs(offset)]], value: 0 });
    const column = (vector: typeof node) => makeNode(reshapeOp, [vector], { shape: [side, 1] });
    const moved = makeNode(addOp, [column(places(side)), scalarNode(offset, "int32")], {});
    const isOnDiagonal = makeNode(equalOp, [moved, places(side)], {});
    const values = offset < 0 ? longer : column(longer);
    return tensorOf(makeNode(selectOp, [isOnDiagonal, values, scalarNode(0, node.dtype)], {}));
  });
}
