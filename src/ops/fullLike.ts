import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { aNumber, checkOption, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { filled } from "./shared/filled.js";
import { type CheckElement, numberNode } from "./shared/operand.js";
import type { OrMessage } from "./shared/orMessage.js";

/**
 * A tensor of another one's shape and dtype with one number everywhere.
 *
 * @param x any shape and dtype
 * @param value a number of x's dtype
 * @throws SW_VALUE when the value is no number, SW_DATA when it is none of the dtype
 * @example
 * const sevens = fullLike(input(["batch", 3]), 7); // Tensor<["batch", 3], "float32">
 */
export function fullLike<const S extends Shape, D extends DType, const N extends number, Now = "now">(
  x: Tensor<S, D>,
  value: OrMessage<N, CheckElement<"fullLike", N, D, Now>>,
): Tensor<S, D> {
  const { shape, dtype } = nodeOf(x, "fullLike");
  checkOption("fullLike", "value", value, required(aNumber));
  return tensorOf(calling("fullLike", () => filled(shape, numberNode("fullLike", value as number, dtype))));
}
