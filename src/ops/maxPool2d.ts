import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { maxPoolOp } from "./maxPool.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { CheckPool2d } from "./shared/windows/check-pool.js";
import { type AnyPoolOptions, checkedPool, type PoolOptions } from "./shared/windows/options.js";
import type { Pair, PairPadding } from "./shared/windows/sizes.js";
import type { Windows2d } from "./shared/windows/window-shapes.js";

/**
 * The largest element of every window of images, for each channel.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `poolSize` (2), `strides` (the pool's size) and `padding` ("valid")
 * @returns [batch, height', width', channels]
 * @throws SW_SHAPE when x has another rank, or when the window is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const y = maxPool2d(input(["batch", 28, 28, 1])); // Tensor<["batch", 14, 14, 1], "float32">
 */
export function maxPool2d<
  const S extends Shape,
  D extends DType,
  const Size extends Pair = 2,
  const Strides extends Pair = Size,
  const P extends PairPadding = "valid",
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"maxPool2d", D, "float32">, CheckPool2d<"maxPool2d", S, Size, P, Now>>>[Now],
  options: PoolOptions<"maxPool2d", Size, Strides, P, Now> = {},
): Tensor<Settled<Windows2d<S, LastDim<S>, Size, NoInfer<Strides>, P>>[Now]> {
  const attributes = checkedPool("maxPool2d", options as AnyPoolOptions, 2);
  return tensorOf(calling("maxPool2d", () => makeNode(maxPoolOp, [nodeOf(x, "maxPool2d")], attributes)));
}
