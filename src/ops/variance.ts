import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";
import { varianceNode } from "./shared/varianceNode.js";

/**
 * The mean of the squares of the differences from the mean, over some axes, or all. NumPy calls it `var`.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * variance(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const variance: ReduceFunction<"variance", "float32"> = /* @__PURE__ */ reduceComposite(
  "variance",
  ["float32"],
  varianceNode,
);
