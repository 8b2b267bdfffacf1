import type { DType } from "../ir/dtype.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { all } from "./all.js";
import { type ClosenessOptions, closeness } from "./isClose.js";
import type { CheckOperands } from "./shared/binary.js";
import type { Any } from "./shared/composite.js";
import type { CheckNumber } from "./shared/operand.js";

/**
 * Whether all elements are close, as `isClose` has it.
 *
 * @param a any shape, or a number; float32
 * @param b a shape that broadcasts with a's, or a number; float32
 * @param options `rtol`, `atol`, `equalNan`
 * @returns a scalar, bool
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not float32, SW_VALUE when an option has a value that it does
 *   not take
 * @example
 * const same = allClose(input(["batch", 3]), constant([1, 2, 3])); // Tensor<[], "bool">
 */
export function allClose<
  const M extends number,
  const N extends number,
  Now extends "now" = "now",
  const A extends Shape = [],
  const B extends Shape = [],
  E extends DType = any,
  D extends DType = E,
>(
  a: (Tensor<A, D> | M) & CheckNumber<"allClose", M, D, Now>,
  b: (Tensor<B, E> | N) & CheckOperands<"allClose", A, D, B, E, M, N, "float32", Now>,
  options: ClosenessOptions = {},
): Tensor<[], "bool"> {
  return calling("allClose", () => all(closeness("allClose", a as Any, b as Any, options)));
}
