import { isOp, type Node, type OpName } from "../../../src/ir/node.js";
import { builder as b } from "../../../src/ops/builder.js";
import { sameShape } from "../../../src/types/same-shape.js";
import { inPlaceOf } from "../rewrite.js";

/**
 * A rewrite that keeps a node's value, shape and dtype, to within a rounding. It makes no number of a NaN, and of an infinity
 * nothing but the same infinity: x · 0 is not 0.
 */
export interface Rule {
  /** The rule as a mathematician writes it. */
  readonly name: string;
  readonly ops: readonly OpName[];
  readonly rewrite: (node: Node) => Node | undefined;
}

/** An operand in place of an operation that leaves it as it is, where its shape is the result's already. */
export function operand(node: Node, kept: Node | undefined): Node | undefined {
  return kept && sameShape(kept.shape, node.shape) ? kept : undefined;
}

/** What a node negates. */
export function negated(node: Node): Node | undefined {
  return isOp(node, "neg") ? node.inputs[0] : undefined;
}

/** The same elements in the node's shape. */
export function reshaped(node: Node, x: Node): Node {
  return inPlaceOf(node, "reshape", [x], { shape: node.shape });
}

/** A constant of a node's dtype. */
export function scalarLike(node: Node, value: number): Node {
  return b.scalar(value, node.dtype);
}
