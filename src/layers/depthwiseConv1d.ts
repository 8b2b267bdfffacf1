import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import {
  type CheckFilterDepthwise1d,
  depthwiseConv1d as convolve,
  type DepthwiseConv1d,
} from "../ops/depthwiseConv1d.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { CheckDepthwiseInput } from "../ops/shared/windows/depthwise-convolution.js";
import type { MovingOptions } from "../ops/shared/windows/options.js";
import type { Single } from "../ops/shared/windows/sizes.js";
import type { CheckWindows1d, Windows1d } from "../ops/shared/windows/window-shapes.js";
import type { MultiplyDims } from "../types/arithmetic.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { SequencePadding } from "../types/window.js";
import { hasFilter, type WithoutFilter } from "./convolutionLayer.js";
import { type DepthwiseLayerOptions, depthwiseLayer } from "./depthwiseLayer.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** `unknown` where the layer takes sequences of shape `S`, else the message. */
export type CheckDepthwiseConv1d<S extends Shape, K, P extends SequencePadding, D, Beside> = FirstOfRule<
  CheckDepthwiseInput<"depthwiseConv1d", S, 3, Beside>,
  CheckWindows1d<"depthwiseConv1d", S, K, P, D, Beside>
>;

/** The shape rule of `depthwiseConv1d` in `sequential`. */
export interface DepthwiseConv1dRule<K, Strides, P extends SequencePadding, D, M extends number>
  extends FloatRule<"depthwiseConv1d"> {
  readonly check: this["in"] extends infer S extends Shape ? CheckDepthwiseConv1d<S, K, P, D, this["dtype"]> : unknown;
  readonly out: this["in"] extends infer S extends Shape
    ? Windows1d<S, MultiplyDims<LastDim<S>, M>, K, Strides, P, D>
    : Shape;
}

/** Options of the layer `depthwiseConv1d`. */
export type DepthwiseConv1dOptions<K, Strides, P, D, M, Now> = DepthwiseLayerOptions<
  "depthwiseConv1d",
  K,
  Strides,
  P,
  D,
  M,
  Now
>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function depthwiseConv1d<
  const K extends Single,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilation extends Single = 1,
  const M extends number = 1,
  Now extends Moment = "now",
>(
  options: DepthwiseConv1dOptions<K, Strides, P, Dilation, M, Now>,
): Waiting<DepthwiseConv1dRule<K, Strides, P, Dilation, M>, Now>;
/**
 * A depthwise convolution layer: activation(x ∗ kernel + bias), over the time of sequences, where each channel is convolved
 * by itself, with filters of its own. Given a filter instead of options, the plain depthwise convolution with that filter.
 *
 * @param x [batch, time, channels], float32
 * @param options `kernelSize`; `strides`, `padding`, `dilationRate`, `depthMultiplier`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, time', channels * depthMultiplier]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences, or the kernel is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 100, 16]);
 * depthwiseConv1d(x, { kernelSize: 3, depthMultiplier: 2 }); // Tensor<["batch", 98, 32], "float32">
 */
export function depthwiseConv1d<
  const S extends Shape,
  D extends DType,
  const K extends Single,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilation extends Single = 1,
  const M extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"depthwiseConv1d", D, "float32">, CheckDepthwiseConv1d<S, K, P, Dilation, Now>>
    >[Now],
  options: WithoutFilter<"depthwiseConv1d"> & DepthwiseConv1dOptions<K, Strides, P, Dilation, M, Now>,
): Tensor<Settled<Windows1d<S, MultiplyDims<LastDim<S>, NoInfer<M>>, K, Strides, P, Dilation>>[Now]>;
export function depthwiseConv1d<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
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
  filter: Tensor<Filter, E> &
    Settled<
      FirstMessage<CheckDType<"depthwiseConv1d", E, "float32">, CheckFilterDepthwise1d<S, Filter, P, Dilations, Now>>
    >[Now],
  options: MovingOptions<"depthwiseConv1d", Strides, P, Dilations, Now>,
): Tensor<Settled<DepthwiseConv1d<S, Filter, Strides, P, Dilations>>[Now]>;
export function depthwiseConv1d(...args: readonly unknown[]) {
  const [x, filter, options] = args;
  if (!hasFilter("depthwiseConv1d", args)) return layerOf(depthwiseConv1dLayer, args);
  return convolve(
    x as Tensor<any>,
    filter as Tensor<any>,
    options as MovingOptions<"depthwiseConv1d", number, SequencePadding, number, "now">,
  );
}

const depthwiseConv1dLayer = depthwiseLayer("depthwiseConv1d", 1);
