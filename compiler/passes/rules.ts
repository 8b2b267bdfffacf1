import { isOp, type Node, type OpName } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { sameShape } from "../../src/types/same-shape.js";
import { isConstant } from "./match.js";

/** A rewrite that keeps a node's value, shape and dtype. */
export interface Rule {
  /** The rule as a mathematician writes it. */
  readonly name: string;
  readonly ops: readonly OpName[];
  readonly rewrite: (node: Node) => Node | undefined;
}

/** An operand in place of an operation that leaves it as it is, where its shape is the result's already. */
function operand(node: Node, kept: Node | undefined): Node | undefined {
  return kept && sameShape(kept.shape, node.shape) ? kept : undefined;
}

/** Either operand, where the other is a constant of one value. */
function neutral(node: Node, value: number): Node | undefined {
  const [x, y] = node.inputs;
  return (
    (isConstant(y!, value) ? operand(node, x) : undefined) ?? (isConstant(x!, value) ? operand(node, y) : undefined)
  );
}

const broadcasting: readonly OpName[] = ["add", "subtract", "multiply", "divide", "maximum", "minimum"];

/** Every algebraic simplification. None changes a NaN or an infinity: x · 0 is not 0. */
export const rules: readonly Rule[] = [
  { name: "x + 0 = x", ops: ["add"], rewrite: (node) => neutral(node, 0) },
  { name: "x · 1 = x", ops: ["multiply"], rewrite: (node) => neutral(node, 1) },
  {
    name: "x - 0 = x",
    ops: ["subtract"],
    rewrite: (node) => (isConstant(node.inputs[1]!, 0) ? operand(node, node.inputs[0]) : undefined),
  },
  {
    name: "x / 1 = x",
    ops: ["divide"],
    rewrite: (node) => (isConstant(node.inputs[1]!, 1) ? operand(node, node.inputs[0]) : undefined),
  },
  {
    name: "x¹ = x, x² = square(x)",
    ops: ["pow"],
    rewrite(node) {
      const [x, exponent] = node.inputs;
      if (isConstant(exponent!, 1)) return operand(node, x);
      return isConstant(exponent!, 2) && sameShape(x!.shape, node.shape) ? b.op("square", [x!]) : undefined;
    },
  },
  {
    name: "-(-x) = x",
    ops: ["neg"],
    rewrite: ({ inputs: [x] }) => (isOp(x!, "neg") ? x.inputs[0] : undefined),
  },
  {
    name: "reshape to the same shape = x",
    ops: ["reshape", "broadcastTo"],
    rewrite: (node) => operand(node, node.inputs[0]),
  },
  {
    name: "reshape(reshape(x)) = reshape(x)",
    ops: ["reshape"],
    rewrite(node) {
      const [x] = node.inputs;
      return isOp(x!, "reshape") ? b.op("reshape", [x.inputs[0]!], { shape: node.shape }) : undefined;
    },
  },
  {
    name: "a scalar, broadcast and reshaped = the scalar, broadcast",
    ops: ["reshape", "broadcastTo"],
    rewrite(node) {
      const [x] = node.inputs;
      const scalar = isOp(x!, "broadcastTo") ? x.inputs[0]! : undefined;
      return scalar?.rank === 0 ? b.op("broadcastTo", [scalar], { shape: node.shape }) : undefined;
    },
  },
  {
    name: "x ∘ broadcastTo(y) = x ∘ y, where x has the result's shape already",
    ops: broadcasting,
    rewrite(node) {
      const inputs = node.inputs.map((input, i) => {
        const other = node.inputs[1 - i]!;
        return isOp(input, "broadcastTo") && sameShape(other.shape, node.shape) ? input.inputs[0]! : input;
      });
      // One at a time: with both taken away, nothing would have the result's shape.
      if (inputs[0] !== node.inputs[0]) return b.op(node.op, [inputs[0]!, node.inputs[1]!], node.attributes as never);
      if (inputs[1] !== node.inputs[1]) return b.op(node.op, [node.inputs[0]!, inputs[1]!], node.attributes as never);
      return undefined;
    },
  },
  {
    name: "cast to the same dtype = x",
    ops: ["cast"],
    rewrite: (node) => (node.inputs[0]!.dtype === node.dtype ? node.inputs[0] : undefined),
  },
  {
    name: "stopGradient(x) = x, customGradient(y, …) = y: differentiation is over",
    ops: ["stopGradient", "customGradient"],
    rewrite: ({ inputs: [x] }) => x,
  },
  {
    name: "a sum over no axes, or axes of size 1 = reshape",
    ops: ["sum", "mean", "max"],
    rewrite(node) {
      const { axes } = (node as Node<"sum">).attributes;
      const [x] = node.inputs;
      return axes.every((axis) => x!.shape[axis] === 1) ? b.op("reshape", [x!], { shape: node.shape }) : undefined;
    },
  },
  {
    name: "a sum over images of maxPool2dGradient(x, y, dy) = the sum of dy: each of its elements goes to one place",
    ops: ["sum"],
    rewrite(node) {
      const { axes, keepDims } = (node as Node<"sum">).attributes;
      const [x] = node.inputs;
      if (!isOp(x!, "maxPool2dGradient") || !axes.includes(1) || !axes.includes(2)) return undefined;
      return b.op("sum", [x.inputs[2]!], { axes, keepDims });
    },
  },
];
