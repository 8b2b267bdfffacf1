import type { GradientRule } from "../../ir/gradient-rule.js";
import { restoreAxes } from "./reduce.js";

/**
 * The gradient of the largest, or smallest, element: dy to it; where several are, each gets an equal share (as in TensorFlow). It is
 * chosen, not multiplied: others get 0 of an infinite dy, too. Where the largest is NaN, so are all.
 */
export const equalShares: GradientRule<"max" | "min"> = ({ b, inputs: [x], dy, node }) => {
  const { axes } = node.attributes;
  const chosen = b.op("equal", [x!, restoreAxes(b, node, x!, node.attributes)]);
  const count = b.op("sum", [b.op("cast", [chosen], { dtype: "float32" })], { axes, keepDims: true });
  const share = b.op("divide", [restoreAxes(b, dy, x!, node.attributes), count]);
  return [b.op("select", [chosen, share, b.op("divide", [b.scalar(0), count])])];
};
