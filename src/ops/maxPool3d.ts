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
import type { CheckPool3d } from "./shared/windows/check-pool.js";
import { type AnyPoolOptions, checkedPool, type PoolOptions } from "./shared/windows/options.js";
import type { Triple, TriplePadding } from "./shared/windows/sizes.js";
import type { Windows3d } from "./shared/windows/window-shapes.js";

/**
 * The largest element of every window of volumes, for each channel.
 *
 * @param x [batch, depth, height, width, channels], float32
 * @param options `poolSize` (2), `strides` (the pool's size) and `padding` ("valid")
 * @returns [batch, depth', height', width', channels]
 * @throws SW_SHAPE when x has another rank, or when the window is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const y = maxPool3d(input(["batch", 16, 16, 16, 1])); // Tensor<["batch", 8, 8, 8, 1], "float32">
 */
export function maxPool3d<
  const S extends Shape,
  D extends DType,
  const Size extends Triple = 2,
  const Strides extends Triple = Size,
  const P extends TriplePadding = "valid",
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"maxPool3d", D, "float32">, CheckPool3d<"maxPool3d", S, Size, P, Now>>>[Now],
  options: PoolOptions<"maxPool3d", Size, Strides, P, Now> = {},
): Tensor<Settled<Windows3d<S, LastDim<S>, Size, NoInfer<Strides>, P>>[Now]> {
  const attributes = checkedPool("maxPool3d", options as AnyPoolOptions, 3);
  return tensorOf(calling("maxPool3d", () => makeNode(maxPoolOp, [nodeOf(x, "maxPool3d")], attributes)));
}
