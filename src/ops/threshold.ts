import type { DType } from "../ir/dtype.js";
import { aNumber, checkOption, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { greater } from "./greater.js";
import { select } from "./select.js";
import { compositeOf } from "./shared/composite.js";

/**
 * Every element that is above a threshold, and another value in place of the rest.
 *
 * @param x any shape; float32
 * @param threshold what x has to be above of
 * @param value what stands elsewhere
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when threshold or value is no number
 * @example
 * const y = threshold(input(["batch", 4]), 0.1, 0); // Tensor<["batch", 4], "float32">
 */
export function threshold<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"threshold", D, "float32">,
  threshold: number,
  value: number,
): Tensor<S, D> {
  checkOption("threshold", "threshold", threshold, required(aNumber));
  checkOption("threshold", "value", value, required(aNumber));
  return compositeOf("threshold", x, (x) => select(greater(x, threshold), x, value));
}
