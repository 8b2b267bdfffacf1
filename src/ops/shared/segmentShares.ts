import type { GradientRule } from "../../ir/gradient-rule.js";

/**
 * The gradient of the largest, or smallest, element of each segment: dy to it; where several are, each gets an equal share, as in
 * TensorFlow.
 */
export const segmentShares: GradientRule<"segmentMax" | "segmentMin"> = ({ b, inputs: [x, segments], dy, node }) => {
  const perRow = { axis: 0, batchDims: 0 } as const;
  const toRows = (of: typeof dy) => b.op("gather", [of, segments!], perRow);
  const chosen = b.op("equal", [x!, toRows(node)]);
  const counted = b.op("cast", [chosen], { dtype: "float32" });
  const count = b.op("gatherGradient", [counted, segments!], { ...perRow, shape: node.shape });
  // Where a segment has no rows, nothing is shared, and it is not to be NaN.
  const share = b.op("divide", [dy, b.op("maximum", [count, b.scalar(1)])]);
  return [b.op("select", [chosen, toRows(share), b.scalar(0)]), undefined];
};
