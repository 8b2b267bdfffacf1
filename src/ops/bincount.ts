import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { aTensor, checkOption, checkOptions, count, required } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor, TensorLike } from "../ir/tensor.js";
import { checkAxis } from "../types/axis.js";
import type { Batched, Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { countedIn } from "./shared/countedIn.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckSameShape, checkSameShape } from "./shared/join.js";

/** Options of `bincount`. */
export interface BincountOptions<W> {
  /** What each integer counts: 1 unless said otherwise. */
  readonly weights?: W;
}

/**
 * How often each integer from 0 up to a length is there, along the last axis; others are not counted.
 *
 * @param x [..., k], int32
 * @param length how many integers are counted: one more than the largest of them
 * @param options `weights`, of x's shape: float32 or int32
 * @returns [..., length], int32, or the weights' dtype
 * @throws SW_VALUE when x is a scalar, or the length is no positive integer; SW_DTYPE when x is not int32; SW_SHAPE when the weights have
 *   another shape
 * @example
 * const perClass = bincount(input(["batch"], "int32"), 10); // Tensor<[10], "int32">
 */
export function bincount<
  const B extends Shape,
  K extends Dim,
  D extends DType,
  const N extends number,
  const W extends Shape = [...B, K],
  E extends DType = "int32",
>(
  x: Tensor<[...B, K], D> & CheckDType<"bincount", D, "int32">,
  length: N & CheckCount<"bincount", "length", N>,
  options: BincountOptions<
    Tensor<W, E> &
      FirstMessage<CheckDType<"bincount", E, "float32" | "int32">, CheckSameShape<"bincount", [...B, K], W>>
  > = {},
): Tensor<Batched<B, [N], D>, E> {
  const node = nodeOf(x, "bincount");
  checkOption("bincount", "length", length, required(count));
  checkOptions<BincountOptions<TensorLike>>("bincount", options, { weights: aTensor });
  refuse("SW_DTYPE", "bincount", checkDType("bincount", node.dtype, ["int32"]));
  refuse("SW_VALUE", "bincount", checkAxis("bincount", node.shape, -1));
  const weights = options.weights === undefined ? undefined : nodeOf(options.weights);
  if (weights) {
    refuse("SW_DTYPE", "bincount", checkDType("bincount", weights.dtype, ["float32", "int32"]));
    refuse("SW_SHAPE", "bincount", checkSameShape("bincount", node.shape, weights.shape));
  }
  return tensorOf(calling("bincount", () => countedIn(node, length, weights)));
}
