import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import type { Dim } from "../../types/dim.js";
import { productOf } from "../../types/product.js";
import { addOp } from "../add.js";
import { arangeOp } from "../arange.js";
import { gatherOp } from "../gather.js";
import { gatherGradientOp } from "../gatherGradient.js";
import { multiplyOp } from "../multiply.js";
import { reshapeOp } from "../reshape.js";
import { sliceOp } from "../slice.js";
import { wholeSize } from "./wholeSize.js";

/** The places that indices name along the first axes of a shape, as one vector of places along all of these. */
export function placesInRows(indices: Node, shape: readonly Dim[]): Node {
  const before = indices.shape.slice(0, -1);
  const sizes = shape.slice(0, indices.shape.at(-1) as number);
  const columns = sizes.map((_, k) => {
    const begin = [...before.map(() => 0), k];
    const column = makeNode(sliceOp, [indices], { begin, size: [...before, 1] });
    return makeNode(reshapeOp, [column], { shape: [productOf(before)] });
  });
  if (columns.length === 1) return columns[0]!;
  // Each is looked up as its own place: of the sum alone, one that is out of range might be another place.
  const places = columns.map((column, k) => {
    const own = makeNode(arangeOp, [], { shape: [sizes[k]!] });
    return makeNode(gatherOp, [own, column], { axis: 0, batchDims: 0 });
  });
  return places
    .slice(1)
    .reduce<Node>(
      (rows, place, k) => makeNode(addOp, [makeNode(multiplyOp, [rows, wholeSize(sizes[k + 1]!)], {}), place], {}),
      places[0]!,
    );
}

/** How many rows the first axes of a shape make, and the shape of a row. */
export function rowsOf(shape: readonly Dim[], indices: Node): { readonly count: Dim; readonly row: readonly Dim[] } {
  const n = indices.shape.at(-1) as number;
  return { count: productOf(shape.slice(0, n)), row: shape.slice(n) };
}

/** The sums of the rows that go to each place of zeros. */
export function summedRows(rows: Node, places: Node, count: Dim): Node {
  return makeNode(gatherGradientOp, [rows, places], { axis: 0, batchDims: 0, shape: [count, ...rows.shape.slice(1)] });
}
