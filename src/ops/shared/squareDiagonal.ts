import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { addDims, multiplyDims } from "../../types/arithmetic.js";
import { castOp } from "../cast.js";
import { padOp } from "../pad.js";
import { reshapeOp } from "../reshape.js";
import { sliceOp } from "../slice.js";

/** The diagonals of matrices of n by n on the last two axes: their n² elements and n more, in rows of n + 1, begin with the diagonal's. */
export function squareDiagonal(x: Node): Node {
  if (x.dtype === "bool" || x.dtype === "uint8") {
    return makeNode(castOp, [squareDiagonal(makeNode(castOp, [x], { dtype: "int32" }))], { dtype: x.dtype });
  }
  const before = x.shape.slice(0, -2);
  const n = x.shape.at(-1)!;
  const flat = makeNode(reshapeOp, [x], { shape: [...before, multiplyDims(n, n)] });
  const paddings = [...before.map(() => [0, 0] as const), [0, n] as const];
  const longer = makeNode(padOp, [flat], { paddings, value: 0 });
  const rows = makeNode(reshapeOp, [longer], { shape: [...before, n, addDims(n, 1)] });
  const column = makeNode(sliceOp, [rows], { begin: rows.shape.map(() => 0), size: [...before, n, 1] });
  return makeNode(reshapeOp, [column], { shape: [...before, n] });
}
