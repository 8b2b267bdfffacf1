import { varianceOfKnown } from "./shared/known.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";

/**
 * The variance of the elements that are not NaN, over some axes, or all: NaN of none. NumPy calls it `nanvar`.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * nanVariance(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const nanVariance: ReduceFunction<"nanVariance", "float32"> = /* @__PURE__ */ reduceComposite(
  "nanVariance",
  ["float32"],
  varianceOfKnown,
);
