import { type QuantileFunction, quantileFunction } from "./shared/quantiles.js";

/**
 * The number below which a share q of a tensor's elements lies, over some axes, or all: 0 gives the least, 0.5 the median, 1 the largest;
 * between two elements, it lies on the line that joins them. With NaN among the elements, or of none, it is NaN. The rule is that of `numpy.quantile`, by its method "linear".
 * Places are counted in float32: of more than two million elements the nearest one is given, and nothing between two; beyond 2²⁴, one near it.
 *
 * @param x any shape; float32
 * @param q from 0 to 1
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis or q is out of range, SW_DTYPE when x is not float32
 * @example
 * quantile(input(["batch", 10]), 0.9, { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const quantile: QuantileFunction<"quantile", 1> = /* @__PURE__ */ quantileFunction("quantile", 1, false);
