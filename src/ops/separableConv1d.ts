import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { SequencePadding } from "../types/window.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import {
  type CheckDepthwiseFilter,
  type CheckDepthwiseInput,
  type CheckPointwise,
  checkedDepthwise,
  separableConvolution,
} from "./shared/windows/depthwise-convolution.js";
import type { CheckImages } from "./shared/windows/images.js";
import type { AnyMovingOptions, FilterSize, MovingOptions } from "./shared/windows/options.js";
import type { Single } from "./shared/windows/sizes.js";
import type { CheckWindows1d, Windows1d } from "./shared/windows/window-shapes.js";

/** The shape of sequences after a separable convolution. */
export type SeparableConv1d<
  S extends Shape,
  F extends Shape,
  Mixed extends Shape,
  Strides,
  P extends SequencePadding,
  D,
> = Windows1d<S, LastDim<Mixed>, FilterSize<F>, Strides, P, D>;

/** `unknown` where the channels' filters fit sequences, else the message. Says nothing of what are none. */
export type CheckFilterSeparable1d<S extends Shape, F extends Shape, P extends SequencePadding, D, Beside> =
  unknown extends CheckDepthwiseFilter<"separableConv1d", S, F, 3, Beside>
    ? unknown extends CheckImages<"separableConv1d", S, 3>
      ? CheckWindows1d<"separableConv1d", S, FilterSize<F>, P, D, Beside>
      : unknown
    : CheckDepthwiseFilter<"separableConv1d", S, F, 3, Beside>;

/**
 * A convolution in two steps: each channel of sequences by itself, and then all channels of each place. It takes far fewer
 * numbers than one with the same windows.
 *
 * @param x [batch, time, channels], float32
 * @param depthwise [time, channels, multiplier], float32
 * @param pointwise [1, channels * multiplier, filters], float32
 * @param options `strides` (1), `padding` ("valid") and `dilations` (1), all of the first step
 * @returns [batch, time', filters]
 * @throws SW_SHAPE when x or a filter has another rank, when their channels differ, or when the filter is larger than x;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 100, 16]);
 * const [each, mixed] = [variable("each", [3, 16, 2], glorotUniform()), variable("mixed", [1, 32, 8], glorotUniform())];
 * separableConv1d(x, each, mixed); // Tensor<["batch", 98, 8], "float32">
 */
export function separableConv1d<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Mixed extends Shape,
  G extends DType,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilations extends Single = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"separableConv1d", D, "float32">, CheckDepthwiseInput<"separableConv1d", S, 3, Now>>
    >[Now],
  depthwise: Tensor<F, E> &
    Settled<
      FirstMessage<CheckDType<"separableConv1d", E, "float32">, CheckFilterSeparable1d<S, F, P, Dilations, Now>>
    >[Now],
  pointwise: Tensor<Mixed, G> &
    FirstMessage<CheckDType<"separableConv1d", G, "float32">, CheckPointwise<"separableConv1d", S, F, Mixed, 3>>,
  options: MovingOptions<"separableConv1d", Strides, P, Dilations, Now> = {},
): Tensor<Settled<SeparableConv1d<S, F, Mixed, Strides, P, Dilations>>[Now]> {
  const [node, each, mixed] = [
    nodeOf(x, "separableConv1d"),
    nodeOf(depthwise, "separableConv1d"),
    nodeOf(pointwise, "separableConv1d"),
  ];
  const attributes = checkedDepthwise("separableConv1d", options as AnyMovingOptions, 1, each);
  return tensorOf(separableConvolution("separableConv1d", node, [each, mixed], attributes));
}
