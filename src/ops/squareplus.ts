import type { DType } from "../ir/dtype.js";
import { aNumber, checkOption } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { add } from "./add.js";
import { divide } from "./divide.js";
import { compositeOf } from "./shared/composite.js";
import { sqrt } from "./sqrt.js";
import { square } from "./square.js";

/**
 * A smooth rectifier without exponentials, (x + √(x² + b)) / 2, element by element (Barron, "Squareplus", 2021).
 *
 * @param x any shape; float32
 * @param b how smooth: the value at 0 is √b / 2
 * @default b 4
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when b is no number
 * @example
 * const y = squareplus(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export function squareplus<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"squareplus", D, "float32">,
  b = 4,
): Tensor<S, D> {
  checkOption("squareplus", "b", b, aNumber);
  return compositeOf("squareplus", x, (x) => divide(add(x, sqrt(add(square(x), b))), 2));
}
