import type { GradientRule } from "../../ir/gradient-rule.js";
import { restoreAxes } from "./reduce.js";

/** The gradient of the largest, or smallest, element: dy to it; where several are, each gets an equal share (as in TensorFlow). */
export const equalShares: GradientRule<"max" | "min"> = ({ b, inputs: [x], dy, node }) => {
  const { axes } = node.attributes;
  const chosen = b.op("cast", [b.op("equal", [x!, restoreAxes(b, node, x!, node.attributes)])], { dtype: "float32" });
  const share = b.op("divide", [chosen, b.op("sum", [chosen], { axes, keepDims: true })]);
  return [b.op("multiply", [share, restoreAxes(b, dy, x!, node.attributes)])];
};
