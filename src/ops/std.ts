import { makeNode } from "../ir/makeNode.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";
import { varianceNode } from "./shared/varianceNode.js";
import { sqrtOp } from "./sqrt.js";

/**
 * The standard deviation over some axes, or all: the root of the variance. Where all elements are equal, it has no slope: its gradient is NaN there, as TensorFlow's, and 0 where nothing flows back.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * std(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const std: ReduceFunction<"std", "float32"> = /* @__PURE__ */ reduceComposite(
  "std",
  ["float32"],
  (x, attributes) => makeNode(sqrtOp, [varianceNode(x, attributes)], {}),
);
