import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { dimAt, replaceAxis } from "../../types/axis.js";
import type { Dim } from "../../types/dim.js";
import { padOp } from "../pad.js";
import { sliceOp } from "../slice.js";

/** The last axis with so many places: others are cut off, or zeros put behind them. */
export function fitted(x: Node, length: Dim): Node {
  const size = dimAt(x.shape, -1);
  if (size === length) return x;
  const known = typeof size === "number" && typeof length === "number";
  // Of a named size, so many zeros are put behind as there are to be places: then there are not too few.
  const more = known ? Math.max(length - size, 0) : length;
  const paddings = x.shape.map((_, axis): [Dim, Dim] => [0, axis === x.shape.length - 1 ? more : 0]);
  const long = more === 0 ? x : makeNode(padOp, [x], { paddings, value: 0 });
  if (dimAt(long.shape, -1) === length) return long;
  return makeNode(sliceOp, [long], { begin: x.shape.map(() => 0), size: replaceAxis(x.shape, -1, length) });
}
