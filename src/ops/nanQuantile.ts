import { type QuantileFunction, quantileFunction } from "./shared/quantiles.js";

/**
 * The number below which a share q of the elements lies that are not NaN, over some axes, or all: NaN of none. The rule is that of `numpy.nanquantile`, by its method "linear".
 *
 * @param x any shape; float32
 * @param q from 0 to 1
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis or q is out of range, SW_DTYPE when x is not float32
 * @example
 * nanQuantile(input(["batch", 10]), 0.9, { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const nanQuantile: QuantileFunction<"nanQuantile", 1> = /* @__PURE__ */ quantileFunction("nanQuantile", 1, true);
