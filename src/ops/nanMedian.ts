import { quantileOf } from "./shared/quantiles.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";

/**
 * The median of the elements that are not NaN, over some axes, or all: NaN of none. The rule is that of `numpy.nanmedian`.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * nanMedian(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const nanMedian: ReduceFunction<"nanMedian", "float32"> = /* @__PURE__ */ reduceComposite(
  "nanMedian",
  ["float32"],
  (x, attributes) => quantileOf(x, 0.5, attributes, true),
);
