import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { scalarNode } from "./constant.js";
import { filled } from "./shared/filled.js";

/**
 * Ones, of a tensor's shape and dtype.
 *
 * @param x any shape and dtype
 * @example
 * const y = onesLike(input(["batch", 3])); // Tensor<["batch", 3], "float32">
 */
export function onesLike<const S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  const { shape, dtype } = nodeOf(x, "onesLike");
  return tensorOf(calling("onesLike", () => filled(shape, scalarNode(1, dtype))));
}
