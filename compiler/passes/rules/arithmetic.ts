import { isOp, type Node } from "../../../src/ir/node.js";
import { builder as b } from "../../../src/ops/builder.js";
import { hasTrait, opsWith } from "../../../src/ops/registry.js";
import { sameShape } from "../../../src/types/same-shape.js";
import { isConstant } from "../match.js";
import { inPlaceOf } from "../rewrite.js";
import { negated, operand, type Rule } from "./rule.js";

/** The left operand, where the right one is a constant of one value. */
function neutral(node: Node, value: number): Node | undefined {
  return isConstant(node.inputs[1]!, value) ? operand(node, node.inputs[0]) : undefined;
}

/** Identities of single elements. Constants stand on the right already. */
export const arithmetic: readonly Rule[] = [
  {
    // -0 + 0 is 0: of floats, only -0 can be added to every x and change nothing.
    name: "x + -0 = x - 0 = x, and x + 0 = x of integers",
    ops: ["add", "subtract"],
    rewrite: (node) => neutral(node, isOp(node, "add") && node.dtype === "float32" ? -0 : 0),
  },
  { name: "x · 1 = x, x / 1 = x", ops: ["multiply", "divide"], rewrite: (node) => neutral(node, 1) },
  {
    name: "x · -1 = -x",
    ops: ["multiply"],
    rewrite(node) {
      const x = neutral(node, -1);
      return x && inPlaceOf(node, "neg", [x]);
    },
  },
  {
    name: "x · x = square(x)",
    ops: ["multiply"],
    rewrite(node) {
      const [x, y] = node.inputs;
      return x === y && node.dtype === "float32" ? inPlaceOf(node, "square", [x!]) : undefined;
    },
  },
  {
    name: "x¹ = x, x² = square(x)",
    ops: ["pow"],
    rewrite(node) {
      const [x, exponent] = node.inputs;
      if (isConstant(exponent!, 1)) return operand(node, x);
      return isConstant(exponent!, 2) && sameShape(x!.shape, node.shape) ? inPlaceOf(node, "square", [x!]) : undefined;
    },
  },
  { name: "-(-x) = x", ops: ["neg"], rewrite: ({ inputs: [x] }) => negated(x!) },
  {
    name: "x + -y = x - y, -y + x = x - y",
    ops: ["add"],
    rewrite(node) {
      const [x, y] = node.inputs;
      const [left, right] = [negated(x!), negated(y!)];
      if (right) return inPlaceOf(node, "subtract", [x!, right]);
      return left && inPlaceOf(node, "subtract", [y!, left]);
    },
  },
  {
    name: "x - -y = x + y",
    ops: ["subtract"],
    rewrite(node) {
      const y = negated(node.inputs[1]!);
      return y && inPlaceOf(node, "add", [node.inputs[0]!, y]);
    },
  },
  {
    name: "-x · -y = x · y, -x / -y = x / y",
    ops: ["multiply", "divide"],
    rewrite(node) {
      const [x, y] = [negated(node.inputs[0]!), negated(node.inputs[1]!)];
      return x && y && inPlaceOf(node, node.op as "multiply", [x, y]);
    },
  },
  {
    name: "(-x)² = |x|² = x², |-x| = |x|",
    ops: ["square", "abs"],
    rewrite(node) {
      const [x] = node.inputs;
      const signless = isOp(x!, "neg") || isOp(x!, "abs") ? x.inputs[0]! : undefined;
      return signless && inPlaceOf(node, node.op as "square", [signless]);
    },
  },
  {
    name: "|x| = relu(x) = x, for what is not below 0",
    ops: ["abs", "relu"],
    // A square of integers that wraps around may be below 0.
    rewrite: ({ inputs: [x], dtype }) => (dtype === "float32" && hasTrait(x!, "nonNegative") ? x : undefined),
  },
  {
    name: "max(x, x) = min(x, x) = x",
    ops: ["maximum", "minimum"],
    rewrite: ({ inputs: [x, y] }) => (x === y ? x : undefined),
  },
  {
    name: "select(c, x, x) = x",
    ops: ["select"],
    rewrite: (node) => (node.inputs[1] === node.inputs[2] ? operand(node, node.inputs[1]) : undefined),
  },
  {
    name: "cast to the same dtype = x",
    ops: ["cast"],
    rewrite: (node) => (node.inputs[0]!.dtype === node.dtype ? node.inputs[0] : undefined),
  },
  {
    name: "cast(cast(bool)) = cast(bool)",
    ops: ["cast"],
    rewrite(node) {
      const [x] = node.inputs;
      const bool = isOp(x!, "cast") && x.inputs[0]!.dtype === "bool" ? x.inputs[0]! : undefined;
      return bool && inPlaceOf(node, "cast", [bool], { dtype: node.dtype as "float32" });
    },
  },
  {
    name: "isTraining() = false",
    ops: ["isTraining"],
    rewrite: () => b.scalar(0, "bool"),
  },
  // In training they are a product and a sum with random numbers by now.
  {
    name: "dropout(x) = gaussianNoise(x) = x",
    ops: opsWith("trainingOnly"),
    rewrite: (node) => node.inputs[0],
  },
];
