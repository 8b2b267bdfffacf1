import { isOp, type Node } from "../../../src/ir/node.js";
import { opsWith } from "../../../src/ops/registry.js";
import { sameShape } from "../../../src/types/same-shape.js";
import { inPlaceOf } from "../rewrite.js";
import { operand, type Rule, reshaped } from "./rule.js";

/** What moves elements, and computes nothing. */
export const layout: readonly Rule[] = [
  {
    name: "reshape to the same shape = x",
    ops: ["reshape", "broadcastTo"],
    rewrite: (node) => operand(node, node.inputs[0]),
  },
  {
    name: "reshape(reshape(x)) = reshape(x), broadcastTo(broadcastTo(x)) = broadcastTo(x)",
    ops: ["reshape", "broadcastTo"],
    rewrite(node) {
      const [x] = node.inputs;
      const under = x!.op === node.op ? x!.inputs[0]! : undefined;
      return under && inPlaceOf(node, node.op as "reshape", [under], { shape: node.shape });
    },
  },
  {
    name: "a scalar, broadcast and moved = the scalar, broadcast",
    ops: ["reshape", "broadcastTo", "transpose"],
    rewrite(node) {
      const [x] = node.inputs;
      const scalar = isOp(x!, "broadcastTo") ? x.inputs[0]! : undefined;
      return scalar?.rank === 0 ? inPlaceOf(node, "broadcastTo", [scalar], { shape: node.shape }) : undefined;
    },
  },
  {
    name: "x ∘ broadcastTo(y) = x ∘ y, where x has the result's shape already",
    ops: opsWith("broadcasts"),
    rewrite(node) {
      const [x, y] = node.inputs;
      const narrow = (input: Node, other: Node) =>
        isOp(input, "broadcastTo") && sameShape(other.shape, node.shape) ? input.inputs[0]! : undefined;
      // One at a time: with both taken away, nothing would have the result's shape.
      const [left, right] = [narrow(x!, y!), narrow(y!, x!)];
      if (left) return inPlaceOf(node, node.op as "add", [left, y!]);
      return right && inPlaceOf(node, node.op as "add", [x!, right]);
    },
  },
  {
    name: "transpose that leaves every axis in its place = x",
    ops: ["transpose"],
    rewrite(node) {
      const { permutation } = (node as Node<"transpose">).attributes;
      return permutation.every((from, axis) => from === axis) ? node.inputs[0] : undefined;
    },
  },
  {
    name: "transpose(transpose(x)) = transpose(x)",
    ops: ["transpose"],
    rewrite(node) {
      const [x] = node.inputs;
      if (!isOp(x!, "transpose")) return undefined;
      const { permutation } = (node as Node<"transpose">).attributes;
      const inner = x.attributes.permutation;
      return inPlaceOf(node, "transpose", [x.inputs[0]!], { permutation: permutation.map((axis) => inner[axis]!) });
    },
  },
  {
    name: "transpose that moves only axes of size 1 = reshape",
    ops: ["transpose"],
    rewrite(node) {
      const [x] = node.inputs;
      const { permutation } = (node as Node<"transpose">).attributes;
      const wide = permutation.filter((axis) => x!.shape[axis] !== 1);
      return wide.every((axis, i) => i === 0 || wide[i - 1]! < axis) ? reshaped(node, x!) : undefined;
    },
  },
  {
    name: "slice of everything = x",
    ops: ["slice"],
    rewrite(node) {
      const { begin } = (node as Node<"slice">).attributes;
      return begin.every((dim) => dim === 0) ? operand(node, node.inputs[0]) : undefined;
    },
  },
  {
    name: "pad with nothing = x, concat of one = x",
    ops: ["pad", "concat"],
    rewrite: (node) => (node.inputs.length === 1 ? operand(node, node.inputs[0]) : undefined),
  },
];
