import type { Node } from "../ir/node.js";
import { builder as b } from "../ops/builder.js";

/** All elements in a row. */
export function flat(x: Node): Node {
  return b.op("reshape", [x], { shape: [-1] });
}

/** The sum of all elements. */
export function totalOf(x: Node): Node {
  return b.op("sum", [x], { axes: x.shape.map((_, axis) => axis), keepDims: false });
}

/** a / b, and 0 where b is 0: a share of nothing. */
export function ratio(a: Node, b_: Node): Node {
  const isNothing = b.op("equal", [b_, b.scalar(0)]);
  const quotient = b.op("divide", [a, b.op("select", [isNothing, b.scalar(1), b_])]);
  return b.op("select", [isNothing, b.scalar(0), quotient]);
}
