import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { divide } from "./divide.js";
import { less } from "./less.js";
import { logicalOr } from "./logicalOr.js";
import { taken } from "./shared/composite.js";

/**
 * Whether an element has a minus sign, for every element: of -0, too, which is not less than 0. Of NaN, which has none that is seen, false.
 *
 * @param x any shape; float32
 * @returns the same shape, bool
 * @throws SW_DTYPE when x is not float32
 * @example
 * const mask = signbit(input(["batch", 4])); // Tensor<["batch", 4], "bool">
 */
export function signbit<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"signbit", D, "float32">,
): Tensor<S, "bool"> {
  const given = taken("signbit", x, "float32");
  // 1 / -0 is -∞.
  return tensorOf(nodeOf(calling("signbit", () => logicalOr(less(given, 0), less(divide(1, given), 0)))));
}
