import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { abs } from "./abs.js";
import { less } from "./less.js";
import { taken } from "./shared/composite.js";

/**
 * Whether an element is neither infinite nor NaN, for every element.
 *
 * @param x any shape; float32
 * @returns the same shape, bool
 * @throws SW_DTYPE when x is not float32
 * @example
 * const mask = isFinite(input(["batch", 4])); // Tensor<["batch", 4], "bool">
 */
export function isFinite<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"isFinite", D, "float32">,
): Tensor<S, "bool"> {
  const given = taken("isFinite", x, "float32");
  return tensorOf(calling("isFinite", () => nodeOf(less(abs(given), Number.POSITIVE_INFINITY))));
}
