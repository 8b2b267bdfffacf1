import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { SequencePadding } from "../types/window.js";
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
import type { Single } from "./shared/windows/sizes.js";
import type { CheckWindows1d, Windows1d } from "./shared/windows/window-shapes.js";

/** The shape of sequences after each channel was convolved by itself with its filters. */
export type DepthwiseConv1d<S extends Shape, F extends Shape, Strides, P extends SequencePadding, D> = Windows1d<
  S,
  DepthwiseChannels<S, F>,
  FilterSize<F>,
  Strides,
  P,
  D
>;

/** `unknown` where a filter fits sequences, else the message. Says nothing of what are none. */
export type CheckFilterDepthwise1d<S extends Shape, F extends Shape, P extends SequencePadding, D, Beside> =
  unknown extends CheckDepthwiseFilter<"depthwiseConv1d", S, F, 3, Beside>
    ? unknown extends CheckImages<"depthwiseConv1d", S, 3>
      ? CheckWindows1d<"depthwiseConv1d", S, FilterSize<F>, P, D, Beside>
      : unknown
    : CheckDepthwiseFilter<"depthwiseConv1d", S, F, 3, Beside>;

/**
 * The convolution of each channel of sequences by itself, with `multiplier` filters for each. The results stand beside each
 * other: channel by channel, filter by filter.
 *
 * @param x [batch, time, channels], float32
 * @param filter [time, channels, multiplier], float32
 * @param options `strides` (1), `padding` ("valid") and `dilations` (1)
 * @returns [batch, time', channels * multiplier]
 * @throws SW_SHAPE when x or the filter has another rank, when their channels differ, or when the filter is larger than x;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 100, 16]);
 * depthwiseConv1d(x, variable("W", [3, 16, 2], glorotUniform()), {}); // Tensor<["batch", 98, 32], "float32">
 */
export function depthwiseConv1d<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilations extends Single = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"depthwiseConv1d", D, "float32">, CheckDepthwiseInput<"depthwiseConv1d", S, 3, Now>>
    >[Now],
  filter: Tensor<F, E> &
    Settled<
      FirstMessage<CheckDType<"depthwiseConv1d", E, "float32">, CheckFilterDepthwise1d<S, F, P, Dilations, Now>>
    >[Now],
  options: MovingOptions<"depthwiseConv1d", Strides, P, Dilations, Now> = {},
): Tensor<Settled<DepthwiseConv1d<S, F, Strides, P, Dilations>>[Now]> {
  const [node, kernel] = [nodeOf(x, "depthwiseConv1d"), nodeOf(filter, "depthwiseConv1d")];
  const attributes = checkedDepthwise("depthwiseConv1d", options as AnyMovingOptions, 1, kernel);
  return tensorOf(depthwiseConvolution("depthwiseConv1d", node, kernel, attributes));
}
