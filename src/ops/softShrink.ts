import type { DType } from "../ir/dtype.js";
import { aNumber, checkOption } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { add } from "./add.js";
import { greater } from "./greater.js";
import { less } from "./less.js";
import { select } from "./select.js";
import { compositeOf } from "./shared/composite.js";
import { subtract } from "./subtract.js";

/**
 * Every element moved towards 0 by a threshold, and 0 where |x| is not above it, element by element.
 *
 * @param x any shape; float32
 * @param threshold by how much
 * @default threshold 0.5
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when threshold is no number
 * @example
 * const y = softShrink(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export function softShrink<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"softShrink", D, "float32">,
  threshold = 0.5,
): Tensor<S, D> {
  checkOption("softShrink", "threshold", threshold, aNumber);
  return compositeOf("softShrink", x, (x) =>
    select(greater(x, threshold), subtract(x, threshold), select(less(x, -threshold), add(x, threshold), 0)),
  );
}
