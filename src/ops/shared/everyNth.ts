import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { ceilDivideDims, multiplyDims, subtractDims } from "../../types/arithmetic.js";
import { replaceAxis } from "../../types/axis.js";
import { productOf } from "../../types/product.js";
import { castOp } from "../cast.js";
import { padOp } from "../pad.js";
import { reshapeOp } from "../reshape.js";
import { sliceOp } from "../slice.js";

/** The places 0, n, 2n, … along an axis: the first of each row of n, after padding the axis to whole rows. */
export function everyNth(x: Node, axis: number, n: number): Node {
  if (n === 1) return x;
  if (x.dtype === "bool") {
    const numbers = everyNth(makeNode(castOp, [x], { dtype: "int32" }), axis, n);
    return makeNode(castOp, [numbers], { dtype: "bool" });
  }
  const along = x.shape[axis]!;
  const [before, after] = [productOf(x.shape.slice(0, axis)), productOf(x.shape.slice(axis + 1))];
  const rows = ceilDivideDims(along, n);
  const missing = subtractDims(multiplyDims(rows, n), along);
  const flat = makeNode(reshapeOp, [x], { shape: [before, along, after] });
  const paddings = [
    [0, 0],
    [0, missing],
    [0, 0],
  ] as const;
  const whole = missing === 0 ? flat : makeNode(padOp, [flat], { paddings, value: 0 });
  const apart = makeNode(reshapeOp, [whole], { shape: [before, rows, n, after] });
  const first = makeNode(sliceOp, [apart], { begin: [0, 0, 0, 0], size: [before, rows, 1, after] });
  return makeNode(reshapeOp, [first], { shape: replaceAxis(x.shape, axis, rows) });
}
