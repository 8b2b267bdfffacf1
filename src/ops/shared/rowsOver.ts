import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import type { Dim } from "../../types/dim.js";
import { productOf } from "../../types/product.js";
import { reshapeOp } from "../reshape.js";
import { transposeOp } from "../transpose.js";

/** What is reduced as rows, [..., n], behind the axes that stay, `before`. */
export interface Rows {
  readonly rows: Node;
  readonly before: readonly Dim[];
  readonly n: Dim;
}

/** The axes that are reduced as one, the last. */
export function rowsOver(x: Node, axes: readonly number[]): Rows {
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const last = makeNode(transposeOp, [x], { permutation: [...kept, ...axes] });
  const before = kept.map((axis) => x.shape[axis]!);
  const n = productOf(axes.map((axis) => x.shape[axis]!));
  return { rows: makeNode(reshapeOp, [last], { shape: [...before, n] }), before, n };
}
