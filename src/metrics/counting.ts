import { array } from "../ir/array.js";
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

/** The sums along the first axis. */
export function sumsOf(x: Node): Node {
  return b.op("sum", [x], { axes: [0], keepDims: false });
}

/** a / b, and 0 where b is 0: a share of nothing. */
export function ratio(a: Node, b_: Node): Node {
  const isNothing = b.op("equal", [b_, b.scalar(0)]);
  const quotient = b.op("divide", [a, b.op("select", [isNothing, b.scalar(1), b_])]);
  return b.op("select", [isNothing, b.scalar(0), quotient]);
}

export const plus = (a: Node, c: Node): Node => b.op("add", [a, c]);
export const minus = (a: Node, c: Node): Node => b.op("subtract", [a, c]);
export const multiplied = (a: Node, c: Node): Node => b.op("multiply", [a, c]);
export const over = (a: Node, c: Node): Node => b.op("divide", [a, c]);

/** 1 where it is true, and 0 elsewhere. */
export const asNumbers = (isTrue: Node): Node => b.op("cast", [isTrue], { dtype: "float32" });

/** Numbers as a constant row. */
export const rowOf = (numbers: readonly number[]): Node =>
  b.constant(array(new Float32Array(numbers), [numbers.length]));
