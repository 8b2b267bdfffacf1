import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import {
  type CheckDepthwiseFilter,
  type CheckDepthwiseInput,
  checkedDepthwise,
  type DepthwiseChannels,
  depthwiseConvolution,
} from "./shared/windows/depthwise-convolution.js";
import type { CheckImages } from "./shared/windows/images.js";
import type { AnyMovingOptions, FilterSize, MovingOptions } from "./shared/windows/options.js";
import type { Pair, PairPadding } from "./shared/windows/sizes.js";
import type { CheckWindows2d, Windows2d } from "./shared/windows/window-shapes.js";

/** The shape of images after each channel was convolved by itself with its filters. */
export type DepthwiseConv2d<S extends Shape, F extends Shape, Strides, P, D> = Windows2d<
  S,
  DepthwiseChannels<S, F>,
  FilterSize<F>,
  Strides,
  P,
  D
>;

/** `unknown` where a filter fits images, else the message. Says nothing of what are none. */
export type CheckFilterDepthwise2d<S extends Shape, F extends Shape, P, D, Beside> =
  unknown extends CheckDepthwiseFilter<"depthwiseConv2d", S, F, 4, Beside>
    ? unknown extends CheckImages<"depthwiseConv2d", S, 4>
      ? CheckWindows2d<"depthwiseConv2d", S, FilterSize<F>, P, D, Beside>
      : unknown
    : CheckDepthwiseFilter<"depthwiseConv2d", S, F, 4, Beside>;

/**
 * The convolution of each channel of images by itself, with `multiplier` filters for each. The results stand beside each
 * other: channel by channel, filter by filter.
 *
 * @param x [batch, height, width, channels], float32
 * @param filter [height, width, channels, multiplier], float32
 * @param options `strides` (1), `padding` ("valid") and `dilations` (1)
 * @returns [batch, height', width', channels * multiplier]
 * @throws SW_SHAPE when x or the filter has another rank, when their channels differ, or when the filter is larger than x;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 28, 28, 16]);
 * depthwiseConv2d(x, variable("W", [3, 3, 16, 2], glorotUniform()), {}); // Tensor<["batch", 26, 26, 32], "float32">
 */
export function depthwiseConv2d<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilations extends Pair = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"depthwiseConv2d", D, "float32">, CheckDepthwiseInput<"depthwiseConv2d", S, 4, Now>>
    >[Now],
  filter: Tensor<F, E> &
    Settled<
      FirstMessage<CheckDType<"depthwiseConv2d", E, "float32">, CheckFilterDepthwise2d<S, F, P, Dilations, Now>>
    >[Now],
  options: MovingOptions<"depthwiseConv2d", Strides, P, Dilations, Now> = {},
): Tensor<Settled<DepthwiseConv2d<S, F, Strides, P, Dilations>>[Now]> {
  const [node, kernel] = [nodeOf(x, "depthwiseConv2d"), nodeOf(filter, "depthwiseConv2d")];
  const attributes = checkedDepthwise("depthwiseConv2d", options as AnyMovingOptions, 2, kernel);
  return tensorOf(depthwiseConvolution("depthwiseConv2d", node, kernel, attributes));
}
