import { type QuantileFunction, quantileFunction } from "./shared/quantiles.js";

/**
 * The number below which q per cent of a tensor's elements lie, over some axes, or all: `quantile` of q / 100. With NaN among the
 * elements, or of none, it is NaN. The rule is that of `numpy.percentile`, by its method "linear".
 *
 * @param x any shape; float32
 * @param q from 0 to 100
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis or q is out of range, SW_DTYPE when x is not float32
 * @example
 * percentile(input(["batch", 10]), 90, { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const percentile: QuantileFunction<"percentile", 100> = /* @__PURE__ */ quantileFunction(
  "percentile",
  100,
  false,
);
