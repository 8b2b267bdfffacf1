import { generate } from "../../ir/array.js";
import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { broadcastToOp } from "../broadcastTo.js";
import { constantOp, scalarNode } from "../constant.js";
import { gatherGradientOp } from "../gatherGradient.js";
import { greaterEqualOp } from "../greaterEqual.js";
import { lessOp } from "../less.js";
import { logicalAndOp } from "../logicalAnd.js";
import { selectOp } from "../select.js";
import { sliceOp } from "../slice.js";

/** What the integers of the last axis from 0 up to a length add up to: one for each, or its weight. All others go to a place behind. */
export function countedIn(x: Node, length: number, weights?: Node): Node {
  const limit = scalarNode(length, "int32");
  const isCounted = makeNode(
    logicalAndOp,
    [makeNode(greaterEqualOp, [x, scalarNode(0, "int32")], {}), makeNode(lessOp, [x, limit], {})],
    {},
  );
  const places = makeNode(selectOp, [isCounted, x, limit], {});
  const ones = makeNode(constantOp, [], { value: generate([], "int32", () => 1) });
  const values = weights ?? makeNode(broadcastToOp, [ones], { shape: x.shape });
  const before = x.shape.slice(0, -1);
  const attributes = { axis: before.length, batchDims: before.length, shape: [...before, length + 1] };
  const sums = makeNode(gatherGradientOp, [values, places], attributes);
  return makeNode(sliceOp, [sums], { begin: sums.shape.map(() => 0), size: [...before, length] });
}
