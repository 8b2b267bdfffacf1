import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { abs } from "./abs.js";
import { equal } from "./equal.js";
import { taken } from "./shared/composite.js";

/**
 * Whether an element is Infinity or -Infinity, for every element.
 *
 * @param x any shape; float32
 * @returns the same shape, bool
 * @throws SW_DTYPE when x is not float32
 * @example
 * const mask = isInf(input(["batch", 4])); // Tensor<["batch", 4], "bool">
 */
export function isInf<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"isInf", D, "float32">,
): Tensor<S, "bool"> {
  const given = taken("isInf", x, "float32");
  return tensorOf(calling("isInf", () => nodeOf(equal(abs(given), Number.POSITIVE_INFINITY))));
}
