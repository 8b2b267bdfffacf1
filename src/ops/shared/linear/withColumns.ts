import { makeNode } from "../../../ir/makeNode.js";
import type { Node } from "../../../ir/node.js";
import { reshapeOp } from "../../reshape.js";

/** Solves for right sides as columns of matrices; where there is one for each matrix, it becomes a column, and is one no more after. */
export function withColumns(a: Node, b: Node, solve: (b: Node) => Node): Node {
  if (b.shape.length === a.shape.length) return solve(b);
  const column = makeNode(reshapeOp, [b], { shape: [...b.shape, 1] });
  return makeNode(reshapeOp, [solve(column)], { shape: b.shape });
}
