import type { DType } from "../ir/dtype.js";
import { checkOption, positive } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { divide } from "./divide.js";
import { expm1 } from "./expm1.js";
import { greater } from "./greater.js";
import { minimum } from "./minimum.js";
import { multiply } from "./multiply.js";
import { select } from "./select.js";
import { compositeOf } from "./shared/composite.js";

/**
 * The continuously differentiable exponential linear unit: x where it is positive, else α · (e^(x / α) - 1), element by element
 * (Barron, "Continuously differentiable exponential linear units", 2017).
 *
 * @param x any shape; float32
 * @param alpha what it tends to below 0, with the sign changed
 * @default alpha 1
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when alpha is no positive number
 * @example
 * const y = celu(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export function celu<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"celu", D, "float32">,
  alpha = 1,
): Tensor<S, D> {
  checkOption("celu", "alpha", alpha, positive);
  return compositeOf("celu", x, (x) => select(greater(x, 0), x, multiply(expm1(divide(minimum(x, 0), alpha)), alpha)));
}
