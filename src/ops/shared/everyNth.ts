import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { ceilDivideDims, multiplyDims, subtractDims } from "../../types/arithmetic.js";
import { replaceAxis } from "../../types/axis.js";
import { productOf } from "../../types/product.js";
import { places } from "../arange.js";
import { castOp } from "../cast.js";
import { scalarNode } from "../constant.js";
import { gatherOp } from "../gather.js";
import { multiplyOp } from "../multiply.js";
import { padOp } from "../pad.js";
import { reshapeOp } from "../reshape.js";
import { sliceOp } from "../slice.js";

/** From here on, places are gathered one by one: whole rows of so many would take memory that the axis has no use for. */
const manyPlaces = 64;

/** The places 0, n, 2n, … along an axis: the first of each row of n, after padding the axis to whole rows. */
export function everyNth(x: Node, axis: number, n: number): Node {
  if (n === 1) return x;
  const size = x.shape[axis]!;
  if (typeof size === "number" && n >= size) {
    return makeNode(sliceOp, [x], { begin: x.shape.map(() => 0), size: x.shape.with(axis, 1) });
  }
  if (x.dtype === "bool" || x.dtype === "uint8") {
    const numbers = everyNth(makeNode(castOp, [x], { dtype: "int32" }), axis, n);
    return makeNode(castOp, [numbers], { dtype: x.dtype });
  }
  if (n > manyPlaces) {
    const chosen = makeNode(multiplyOp, [places(ceilDivideDims(size, n)), scalarNode(n, "int32")], {});
    return makeNode(gatherOp, [x, chosen], { axis, batchDims: 0 });
  }
  const [before, after] = [productOf(x.shape.slice(0, axis)), productOf(x.shape.slice(axis + 1))];
  const rows = ceilDivideDims(size, n);
  const missing = subtractDims(multiplyDims(rows, n), size);
  const flat = makeNode(reshapeOp, [x], { shape: [before, size, after] });
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
