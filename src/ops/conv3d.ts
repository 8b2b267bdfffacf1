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
  type CheckFilter3d,
  type ConvolutionOptions,
  checkedConvolution,
  type FilterSize,
} from "./shared/windows/options.js";
import type { Triple, TriplePadding } from "./shared/windows/sizes.js";
import type { Windows3d } from "./shared/windows/window-shapes.js";

/** The shape of volumes after a convolution with a filter. */
export type Conv3d<S extends Shape, F extends Shape, Strides, P, D> = Windows3d<
  S,
  LastDim<F>,
  FilterSize<F>,
  Strides,
  P,
  D
>;

/**
 * The convolution of volumes with a filter: every window, times the filter, summed up. As everywhere in deep learning, the
 * filter is not turned around.
 *
 * @param x [batch, depth, height, width, channels], float32
 * @param filter [depth, height, width, channels, filters], float32
 * @param options `strides` (1), `padding` ("valid"), `dilations` (1) and `groups` (1)
 * @returns [batch, depth', height', width', filters]
 * @throws SW_SHAPE when x or the filter has another rank, when their channels differ, or when the filter is larger than x;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 16, 16, 16, 1]);
 * conv3d(x, variable("W", [3, 3, 3, 1, 8], glorotUniform()), {}); // Tensor<["batch", 14, 14, 14, 8], "float32">
 */
export function conv3d<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilations extends Triple = 1,
  const G extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"conv3d", D, "float32">, CheckImages<"conv3d", S, 5>>>[Now],
  filter: Tensor<F, E> &
    Settled<FirstMessage<CheckDType<"conv3d", E, "float32">, CheckFilter3d<S, F, P, Dilations, G, Now>>>[Now],
  options: ConvolutionOptions<"conv3d", S, F, Strides, P, Dilations, G, Now> = {},
): Tensor<Settled<Conv3d<S, F, Strides, P, Dilations>>[Now]> {
  const attributes = checkedConvolution("conv3d", options as AnyConvolutionOptions, 3, filter);
  return tensorOf(
    calling("conv3d", () => makeNode(convolutionOp, [nodeOf(x, "conv3d"), nodeOf(filter, "conv3d")], attributes)),
  );
}
