import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { SequencePadding } from "../types/window.js";
import { convolutionOp } from "./convolution.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import type { CheckImages } from "./shared/windows/images.js";
import {
  type AnyConvolutionOptions,
  type CheckFilter1d,
  type ConvolutionOptions,
  checkedConvolution,
  type FilterSize,
} from "./shared/windows/options.js";
import type { Single } from "./shared/windows/sizes.js";
import type { Windows1d } from "./shared/windows/window-shapes.js";

/** The shape of sequences after a convolution with a filter. */
export type Conv1d<S extends Shape, F extends Shape, Strides, P extends SequencePadding, D> = Windows1d<
  S,
  LastDim<F>,
  FilterSize<F>,
  Strides,
  P,
  D
>;

/**
 * The convolution of sequences with a filter: every window, times the filter, summed up. As everywhere in deep learning, the
 * filter is not turned around.
 *
 * @param x [batch, time, channels], float32
 * @param filter [time, channels, filters], float32
 * @param options `strides` (1), `padding` ("valid"), `dilations` (1) and `groups` (1)
 * @returns [batch, time', filters]
 * @throws SW_SHAPE when x or the filter has another rank, when their channels differ, or when the filter is larger than x;
 * SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 100, 16]);
 * conv1d(x, variable("W", [3, 16, 32], glorotUniform()), {}); // Tensor<["batch", 98, 32], "float32">
 */
export function conv1d<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilations extends Single = 1,
  const G extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"conv1d", D, "float32">, CheckImages<"conv1d", S, 3>>>[Now],
  filter: Tensor<F, E> &
    Settled<FirstMessage<CheckDType<"conv1d", E, "float32">, CheckFilter1d<S, F, P, Dilations, G, Now>>>[Now],
  options: ConvolutionOptions<"conv1d", S, F, Strides, P, Dilations, G, Now> = {},
): Tensor<Settled<Conv1d<S, F, Strides, P, Dilations>>[Now]> {
  const attributes = checkedConvolution("conv1d", options as AnyConvolutionOptions, 1, filter);
  return tensorOf(
    calling("conv1d", () => makeNode(convolutionOp, [nodeOf(x, "conv1d"), nodeOf(filter, "conv1d")], attributes)),
  );
}
