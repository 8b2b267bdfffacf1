import { type QuantileFunction, quantileFunction } from "./shared/quantiles.js";

/**
 * The number below which q per cent of the elements lie that are not NaN, over some axes, or all: NaN of none. The rule is that of `numpy.nanpercentile`, by its method "linear".
 *
 * @param x any shape; float32
 * @param q from 0 to 100
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis or q is out of range, SW_DTYPE when x is not float32
 * @example
 * nanPercentile(input(["batch", 10]), 90, { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const nanPercentile: QuantileFunction<"nanPercentile", 100> = /* @__PURE__ */ quantileFunction(
  "nanPercentile",
  100,
  true,
);
