import type { DType } from "../ir/dtype.js";
import { aNumber, checkOption } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { abs } from "./abs.js";
import { greater } from "./greater.js";
import { select } from "./select.js";
import { compositeOf } from "./shared/composite.js";

/**
 * Every element x where |x| is above a threshold, else 0, element by element.
 *
 * @param x any shape; float32
 * @param threshold below which all is 0
 * @default threshold 0.5
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when threshold is no number
 * @example
 * const y = hardShrink(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export function hardShrink<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"hardShrink", D, "float32">,
  threshold = 0.5,
): Tensor<S, D> {
  checkOption("hardShrink", "threshold", threshold, aNumber);
  return compositeOf("hardShrink", x, (x) => select(greater(abs(x), threshold), x, 0));
}
