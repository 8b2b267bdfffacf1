import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { transposeOp } from "../transpose.js";

/** A tensor with an axis, which counts from the start, as its last one. */
export function toLastAxis(x: Node, axis: number): Node {
  return movedAxis(x, axis, x.shape.length - 1);
}

/** The same back again. */
export function fromLastAxis(x: Node, axis: number): Node {
  return movedAxis(x, x.shape.length - 1, axis);
}

/** An axis in another place; both count from the start. */
export function movedAxis(x: Node, from: number, to: number): Node {
  if (from === to) return x;
  const others = x.shape.map((_, axis) => axis).toSpliced(from, 1);
  return makeNode(transposeOp, [x], { permutation: others.toSpliced(to, 0, from) });
}
