import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { AxisPadding } from "../types/window.js";
import { averagePoolOp } from "./averagePool.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { CheckPool1d } from "./shared/windows/check-pool.js";
import { type AnyPoolOptions, checkedPool, type PoolOptions } from "./shared/windows/options.js";
import type { Single } from "./shared/windows/sizes.js";
import type { Windows1d } from "./shared/windows/window-shapes.js";

/**
 * The mean of every window of sequences, for each channel.
 *
 * @param x [batch, time, channels], float32
 * @param options `poolSize` (2), `strides` (the pool's size) and `padding` ("valid")
 * @returns [batch, time', channels]
 * @throws SW_SHAPE when x has another rank, or when the window is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const y = averagePool1d(input(["batch", 100, 16])); // Tensor<["batch", 50, 16], "float32">
 */
export function averagePool1d<
  const S extends Shape,
  D extends DType,
  const Size extends Single = 2,
  const Strides extends Single = Size,
  const P extends AxisPadding = "valid",
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"averagePool1d", D, "float32">, CheckPool1d<"averagePool1d", S, Size, P, Now>>
    >[Now],
  options: PoolOptions<"averagePool1d", Size, Strides, P, Now> = {},
): Tensor<Settled<Windows1d<S, LastDim<S>, Size, NoInfer<Strides>, P>>[Now]> {
  const attributes = checkedPool("averagePool1d", options as AnyPoolOptions, 1);
  return tensorOf(calling("averagePool1d", () => makeNode(averagePoolOp, [nodeOf(x, "averagePool1d")], attributes)));
}
