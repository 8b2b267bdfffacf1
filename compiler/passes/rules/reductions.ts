import { isOp, type Node } from "../../../src/ir/node.js";
import { inPlaceOf } from "../rewrite.js";
import { type Rule, reshaped } from "./rule.js";

type Reduction = Node<"sum"> | Node<"mean"> | Node<"max">;

/** Sums, means and maxima over axes. */
export const reductions: readonly Rule[] = [
  {
    // Whether a sum of -0 alone is -0 or 0, no kernel promises: TensorFlow's, too, hands on what it need not add.
    name: "a sum over no axes, or axes of size 1 = reshape",
    ops: ["sum", "mean", "max"],
    rewrite(node) {
      const { axes } = (node as Reduction).attributes;
      const [x] = node.inputs;
      return axes.every((axis) => x!.shape[axis] === 1) ? reshaped(node, x!) : undefined;
    },
  },
  {
    name: "a sum over images of maxPoolGradient(x, y, dy) = the sum of dy: each of its elements goes to one place",
    ops: ["sum"],
    rewrite(node) {
      const { axes, keepDims } = (node as Node<"sum">).attributes;
      const [x] = node.inputs;
      if (!isOp(x!, "maxPoolGradient") || !x.attributes.poolSize.every((_, axis) => axes.includes(axis + 1)))
        return undefined;
      return inPlaceOf(node, "sum", [x.inputs[2]!], { axes, keepDims });
    },
  },
];
