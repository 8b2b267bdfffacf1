import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { checkAxis } from "../types/axis.js";
import type { Batched, Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type CheckContracted, checkContracted, contracted } from "./shared/contracted.js";
import type { FirstMessage } from "./shared/firstMessage.js";

/**
 * The product of two tensors, summed over the last axis of both: (…, k) · (…, k) → (…, …), each vector of one with each of the other.
 *
 * @param a rank 1 or more, float32
 * @param b rank 1 or more, float32
 * @throws SW_SHAPE when the last axes differ, SW_VALUE for a scalar, SW_DTYPE when one is not float32
 * @example
 * inner(input(["batch", 64]), input(["words", 64])); // Tensor<["batch", "words"], "float32">
 */
export function inner<
  const A extends Shape,
  const K extends Dim,
  D extends DType,
  const B extends Shape,
  const L extends Dim,
  E extends DType,
>(
  a: Tensor<[...A, K], D> & CheckDType<"inner", D, "float32">,
  b: Tensor<[...B, L], E> &
    FirstMessage<CheckDType<"inner", E, "float32">, CheckContracted<"inner", [...A, K], [...B, L], [K], [L]>>,
): Tensor<Batched<A, B>> {
  const [x, y] = [nodeOf(a, "inner"), nodeOf(b, "inner")];
  for (const { shape, dtype } of [x, y]) {
    refuse("SW_DTYPE", "inner", checkDType("inner", dtype, ["float32"]));
    refuse("SW_VALUE", "inner", checkAxis("inner", shape, -1));
  }
  refuse("SW_SHAPE", "inner", checkContracted("inner", x.shape, y.shape, [x.shape.at(-1)!], [y.shape.at(-1)!]));
  return tensorOf(calling("inner", () => contracted(x, y, [x.rank - 1], [y.rank - 1])));
}
