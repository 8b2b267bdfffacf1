import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { convolutionOp } from "./convolution.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { CheckImages } from "./shared/windows/images.js";
import {
  type AnyConvolutionOptions,
  type CheckFilter2d,
  type ConvolutionOptions,
  checkedConvolution,
  type FilterSize,
} from "./shared/windows/options.js";
import type { Pair, PairPadding } from "./shared/windows/sizes.js";
import type { Windows2d } from "./shared/windows/window-shapes.js";

/** The shape of images after a convolution with a filter. */
export type Conv2d<S extends Shape, F extends Shape, Strides, P, D> = Windows2d<
  S,
  LastDim<F>,
  FilterSize<F>,
  Strides,
  P,
  D
>;

/**
 * The convolution of images with a filter: every window, times the filter, summed up. As everywhere in deep learning, the
 * filter is not turned around.
 *
 * @param x [batch, height, width, channels], float32
 * @param filter [height, width, channels, filters], float32
 * @param options `strides` (1), `padding` ("valid"), `dilations` (1) and `groups` (1)
 * @returns [batch, height', width', filters]
 * @throws SW_SHAPE when x or the filter has another rank, when their channels differ, or when the filter is larger than x;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 28, 28, 1]);
 * conv2d(x, variable("W", [3, 3, 1, 32], glorotUniform()), {}); // Tensor<["batch", 26, 26, 32], "float32">
 */
export function conv2d<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilations extends Pair = 1,
  const G extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"conv2d", D, "float32">, CheckImages<"conv2d", S, 4>>>[Now],
  filter: Tensor<F, E> &
    Settled<FirstMessage<CheckDType<"conv2d", E, "float32">, CheckFilter2d<S, F, P, Dilations, G, Now>>>[Now],
  options: ConvolutionOptions<"conv2d", S, F, Strides, P, Dilations, G, Now> = {},
): Tensor<Settled<Conv2d<S, F, Strides, P, Dilations>>[Now]> {
  const attributes = checkedConvolution("conv2d", options as AnyConvolutionOptions, 2, filter);
  return tensorOf(
    calling("conv2d", () => makeNode(convolutionOp, [nodeOf(x, "conv2d"), nodeOf(filter, "conv2d")], attributes)),
  );
}
