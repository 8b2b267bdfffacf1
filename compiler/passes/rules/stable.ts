import { isOp, type Node } from "../../../src/ir/node.js";
import { builder as b } from "../../../src/ops/builder.js";
import { sameShape } from "../../../src/types/same-shape.js";
import { isConstant } from "../match.js";
import { inPlaceOf } from "../rewrite.js";
import type { Rule } from "./rule.js";

/**
 * Logarithms and exponentials that overflow, or lose all digits, as they are written, and what computes the same without.
 * They leave other values as they are, to within a rounding.
 */
export const stable: readonly Rule[] = [
  {
    name: "ln softmax(x) = logSoftmax(x)",
    ops: ["log"],
    rewrite(node) {
      const [p] = node.inputs;
      return isOp(p!, "softmax") ? inPlaceOf(node, "logSoftmax", p.inputs) : undefined;
    },
  },
  {
    name: "ln Σ eˣ = logSumExp(x)",
    ops: ["log"],
    rewrite(node) {
      const [total] = node.inputs;
      const x = isOp(total!, "sum") ? exponent(total.inputs[0]!) : undefined;
      return x && inPlaceOf(node, "logSumExp", [x], (total as Node<"sum">).attributes);
    },
  },
  {
    name: "eˣ / Σ eˣ = softmax(x)",
    ops: ["divide"],
    rewrite(node) {
      const [part, total] = node.inputs;
      const x = exponent(part!);
      if (!x || !isOp(total!, "sum") || exponent(total.inputs[0]!) !== x) return undefined;
      return isOverRows(total) ? inPlaceOf(node, "softmax", [x]) : undefined;
    },
  },
  {
    name: "x - logSumExp(x) = logSoftmax(x)",
    ops: ["subtract"],
    rewrite(node) {
      const [x, total] = node.inputs;
      if (!isOp(total!, "logSumExp") || total.inputs[0] !== x) return undefined;
      return isOverRows(total) ? inPlaceOf(node, "logSoftmax", total.inputs) : undefined;
    },
  },
  {
    name: "-Σ p · logSoftmax(x) = softmaxCrossEntropyWithLogits(x, p), for a softmax p",
    // Of other labels it is not known that each row sums to 1, which that op's gradient takes for granted.
    ops: ["neg"],
    rewrite(node) {
      const [total] = node.inputs;
      if (!isOp(total!, "sum") || total.attributes.keepDims || !isLastAxis(total)) return undefined;
      const [product] = total.inputs;
      if (!isOp(product!, "multiply")) return undefined;
      const logits = product.inputs.find((input) => isOp(input, "logSoftmax"));
      const labels = product.inputs.find((input) => isOp(input, "softmax"));
      if (!logits || !labels || !sameShape(labels.shape, logits.shape)) return undefined;
      return inPlaceOf(node, "softmaxCrossEntropyWithLogits", [logits.inputs[0]!, labels]);
    },
  },
  {
    name: "ln σ(x) = -sigmoidCrossEntropyWithLogits(x, 1)",
    ops: ["log"],
    rewrite(node) {
      const [p] = node.inputs;
      return isOp(p!, "sigmoid") ? inPlaceOf(node, "neg", [entropy(node, p.inputs[0]!, 1)]) : undefined;
    },
  },
  {
    name: "ln (1 - σ(x)) = -sigmoidCrossEntropyWithLogits(x, 0)",
    ops: ["log"],
    rewrite(node) {
      const [q] = node.inputs;
      if (!isOp(q!, "subtract") || !isConstant(q.inputs[0]!, 1) || !isOp(q.inputs[1]!, "sigmoid")) return undefined;
      const [x] = q.inputs[1].inputs;
      return sameShape(x!.shape, q.shape) ? inPlaceOf(node, "neg", [entropy(node, x!, 0)]) : undefined;
    },
  },
  {
    name: "ln (1 + eˣ) = sigmoidCrossEntropyWithLogits(x, 0)",
    ops: ["log"],
    rewrite(node) {
      const [total] = node.inputs;
      if (!isOp(total!, "add")) return undefined;
      const place = total.inputs.findIndex((input) => isConstant(input, 1));
      const x = place < 0 ? undefined : exponent(total.inputs[1 - place]!);
      return x && sameShape(x.shape, total.shape) ? entropy(node, x, 0) : undefined;
    },
  },
];

/** What a node is e to the power of. */
function exponent(node: Node): Node | undefined {
  return isOp(node, "exp") ? node.inputs[0] : undefined;
}

function isLastAxis({ attributes: { axes }, inputs: [x] }: Node<"sum"> | Node<"logSumExp">): boolean {
  return axes.length === 1 && axes[0] === x!.rank - 1;
}

/** Whether a reduction is over the last axis, and leaves it with size 1. */
function isOverRows(node: Node<"sum"> | Node<"logSumExp">): boolean {
  return node.attributes.keepDims && isLastAxis(node);
}

/** -ln σ(x) for the label 1, -ln (1 - σ(x)) for the label 0. */
function entropy(node: Node, x: Node, label: 0 | 1): Node {
  const labels = b.op("broadcastTo", [b.scalar(label)], { shape: x.shape });
  return inPlaceOf(node, "sigmoidCrossEntropyWithLogits", [x, labels]);
}
