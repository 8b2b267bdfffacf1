import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
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
import type { Pair, PairPadding } from "./shared/windows/sizes.js";
import type { CheckWindows2d, Windows2d } from "./shared/windows/window-shapes.js";

/** The shape of images after a separable convolution. */
export type SeparableConv2d<S extends Shape, F extends Shape, Mixed extends Shape, Strides, P, D> = Windows2d<
  S,
  LastDim<Mixed>,
  FilterSize<F>,
  Strides,
  P,
  D
>;

/** `unknown` where the channels' filters fit images, else the message. Says nothing of what are none. */
export type CheckFilterSeparable2d<S extends Shape, F extends Shape, P, D, Beside> =
  unknown extends CheckDepthwiseFilter<"separableConv2d", S, F, 4, Beside>
    ? unknown extends CheckImages<"separableConv2d", S, 4>
      ? CheckWindows2d<"separableConv2d", S, FilterSize<F>, P, D, Beside>
      : unknown
    : CheckDepthwiseFilter<"separableConv2d", S, F, 4, Beside>;

/**
 * A convolution in two steps: each channel of images by itself, and then all channels of each place. It takes far fewer
 * numbers than one with the same windows.
 *
 * @param x [batch, height, width, channels], float32
 * @param depthwise [height, width, channels, multiplier], float32
 * @param pointwise [1, 1, channels * multiplier, filters], float32
 * @param options `strides` (1), `padding` ("valid") and `dilations` (1), all of the first step
 * @returns [batch, height', width', filters]
 * @throws SW_SHAPE when x or a filter has another rank, when their channels differ, or when the filter is larger than x;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 28, 28, 16]);
 * const [each, mixed] = [variable("each", [3, 3, 16, 2], glorotUniform()), variable("mixed", [1, 1, 32, 8], glorotUniform())];
 * separableConv2d(x, each, mixed); // Tensor<["batch", 26, 26, 8], "float32">
 */
export function separableConv2d<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Mixed extends Shape,
  G extends DType,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilations extends Pair = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"separableConv2d", D, "float32">, CheckDepthwiseInput<"separableConv2d", S, 4, Now>>
    >[Now],
  depthwise: Tensor<F, E> &
    Settled<
      FirstMessage<CheckDType<"separableConv2d", E, "float32">, CheckFilterSeparable2d<S, F, P, Dilations, Now>>
    >[Now],
  pointwise: Tensor<Mixed, G> &
    FirstMessage<CheckDType<"separableConv2d", G, "float32">, CheckPointwise<"separableConv2d", S, F, Mixed, 4>>,
  options: MovingOptions<"separableConv2d", Strides, P, Dilations, Now> = {},
): Tensor<Settled<SeparableConv2d<S, F, Mixed, Strides, P, Dilations>>[Now]> {
  const [node, each, mixed] = [
    nodeOf(x, "separableConv2d"),
    nodeOf(depthwise, "separableConv2d"),
    nodeOf(pointwise, "separableConv2d"),
  ];
  const attributes = checkedDepthwise("separableConv2d", options as AnyMovingOptions, 2, each);
  return tensorOf(separableConvolution("separableConv2d", node, [each, mixed], attributes));
}
