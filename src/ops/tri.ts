import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import { checkOption, int32 } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim } from "../types/dim.js";
import { places } from "./arange.js";
import { castOp } from "./cast.js";
import { lessEqualOp } from "./lessEqual.js";
import { reshapeOp } from "./reshape.js";
import { type CheckSize, checkDims } from "./shared/checkDims.js";
import { numberNode } from "./shared/operand.js";
import { subtractOp } from "./subtract.js";

/**
 * A matrix with 1 on a diagonal and below it, and 0 above: the rule is that of `numpy.tri`.
 *
 * @param rows a positive integer, or the name of a size that an input has
 * @param columns as many as rows unless said otherwise
 * @param k which diagonal: 0, unless said otherwise, is the main one; 1 is the one above it, -1 the one below
 * @throws SW_VALUE when a size is none, or k is no integer of int32
 * @example
 * const past = tri("time"); // Tensor<["time", "time"], "float32">
 */
export function tri<const N extends Dim, const M extends Dim = N, const K extends number = 0>(
  rows: N & CheckSize<"tri", N>,
  columns?: M & CheckSize<"tri", M>,
  k?: K & CheckInt32<"tri", "k", K>,
): Tensor<[N, M]> {
  const n = rows as Dim;
  const m = columns === undefined ? n : (columns as Dim);
  refuse("SW_VALUE", "tri", checkDims("tri", [n, m], "none"));
  checkOption("tri", "k", k, int32);
  return calling("tri", () => {
    const row = makeNode(reshapeOp, [places(n)], { shape: [n, 1] });
    const right = makeNode(subtractOp, [places(m), row], {});
    const isBelow = makeNode(lessEqualOp, [right, numberNode("tri", k ?? 0, "int32")], {});
    return tensorOf(makeNode(castOp, [isBelow], { dtype: "float32" }));
  });
}
