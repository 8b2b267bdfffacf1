import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { equal } from "./equal.js";
import { taken } from "./shared/composite.js";

/**
 * Whether an element is the negative infinity, for every element.
 *
 * @param x any shape; float32
 * @returns the same shape, bool
 * @throws SW_DTYPE when x is not float32
 * @example
 * const mask = isNegInf(input(["batch", 4])); // Tensor<["batch", 4], "bool">
 */
export function isNegInf<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"isNegInf", D, "float32">,
): Tensor<S, "bool"> {
  return tensorOf(nodeOf(calling("isNegInf", () => equal(taken("isNegInf", x, "float32"), Number.NEGATIVE_INFINITY))));
}
