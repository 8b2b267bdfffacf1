import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { multiplyDims } from "../../types/arithmetic.js";
import { replaceAxis } from "../../types/axis.js";
import type { Dim } from "../../types/dim.js";
import { productOf } from "../../types/product.js";
import { broadcastToOp } from "../broadcastTo.js";
import { reshapeOp } from "../reshape.js";

/**
 * A tensor several times along an axis: each element beside itself, or all of them again and again. Between the axes before and those
 * behind, each made one, so that TensorFlow's kernels take it whatever the rank.
 */
export function repeated(x: Node, axis: number, times: Dim, what: "elements" | "all"): Node {
  if (times === 1) return x;
  const [before, along] = [productOf(x.shape.slice(0, axis)), x.shape[axis]!];
  const after = productOf(x.shape.slice(axis + 1));
  const [outer, inner] =
    what === "elements" ? [multiplyDims(before, along), after] : [before, multiplyDims(along, after)];
  const apart = makeNode(reshapeOp, [x], { shape: [outer, 1, inner] });
  const wide = makeNode(broadcastToOp, [apart], { shape: [outer, times, inner] });
  return makeNode(reshapeOp, [wide], { shape: replaceAxis(x.shape, axis, multiplyDims(along, times)) });
}
