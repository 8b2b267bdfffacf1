import { makeNode } from "../ir/makeNode.js";
import { type Node, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim } from "../types/dim.js";
import { places } from "./arange.js";
import { castOp } from "./cast.js";
import { equalOp } from "./equal.js";
import { reshapeOp } from "./reshape.js";
import { type CheckSize, checkDims } from "./shared/checkDims.js";

/**
 * The identity matrix: 1 on its diagonal, and 0 elsewhere.
 *
 * @param rows a positive integer, or the name of a size that an input has
 * @param columns as many as rows unless said otherwise
 * @throws SW_VALUE when a size is none
 * @example
 * const identity = eye(3); // Tensor<[3, 3], "float32">
 */
export function eye<const N extends Dim, const M extends Dim = N>(
  rows: N & CheckSize<"eye", N>,
  columns?: M & CheckSize<"eye", M>,
): Tensor<[N, M]> {
  const n = rows as Dim;
  const m = columns === undefined ? n : (columns as Dim);
  refuse("SW_VALUE", "eye", checkDims("eye", [n, m], "none"));
  return tensorOf(calling("eye", () => eyeNode(n, m)));
}

/** The same of any sizes, calculated ones too. */
export function eyeNode(rows: Dim, columns = rows): Node {
  const row = makeNode(reshapeOp, [places(rows)], { shape: [rows, 1] });
  return makeNode(castOp, [makeNode(equalOp, [row, places(columns)], {})], { dtype: "float32" });
}
