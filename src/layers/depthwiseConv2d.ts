import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import {
  type CheckFilterDepthwise2d,
  depthwiseConv2d as convolve,
  type DepthwiseConv2d,
} from "../ops/depthwiseConv2d.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { CheckDepthwiseInput } from "../ops/shared/windows/depthwise-convolution.js";
import type { MovingOptions } from "../ops/shared/windows/options.js";
import type { Pair, PairPadding } from "../ops/shared/windows/sizes.js";
import type { CheckWindows2d, Windows2d } from "../ops/shared/windows/window-shapes.js";
import type { MultiplyDims } from "../types/arithmetic.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { hasFilter, type WithoutFilter } from "./convolutionLayer.js";
import { type DepthwiseLayerOptions, depthwiseLayer } from "./depthwiseLayer.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** `unknown` where the layer takes images of shape `S`, else the message. */
export type CheckDepthwiseConv2d<S extends Shape, K, P, D, Beside> = FirstOfRule<
  CheckDepthwiseInput<"depthwiseConv2d", S, 4, Beside>,
  CheckWindows2d<"depthwiseConv2d", S, K, P, D, Beside>
>;

/** The shape rule of `depthwiseConv2d` in `sequential`. */
export interface DepthwiseConv2dRule<K, Strides, P, D, M extends number> extends FloatRule<"depthwiseConv2d"> {
  readonly check: this["in"] extends infer S extends Shape ? CheckDepthwiseConv2d<S, K, P, D, this["dtype"]> : unknown;
  readonly out: this["in"] extends infer S extends Shape
    ? Windows2d<S, MultiplyDims<LastDim<S>, M>, K, Strides, P, D>
    : Shape;
}

/** Options of the layer `depthwiseConv2d`. */
export type DepthwiseConv2dOptions<K, Strides, P, D, M, Now> = DepthwiseLayerOptions<
  "depthwiseConv2d",
  K,
  Strides,
  P,
  D,
  M,
  Now
>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function depthwiseConv2d<
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const M extends number = 1,
  Now extends Moment = "now",
>(
  options: DepthwiseConv2dOptions<K, Strides, P, Dilation, M, Now>,
): Waiting<DepthwiseConv2dRule<K, Strides, P, Dilation, M>, Now>;
/**
 * A depthwise convolution layer: activation(x ∗ kernel + bias), over the height and width of images, where each channel is convolved
 * by itself, with filters of its own. Given a filter instead of options, the plain depthwise convolution with that filter.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `kernelSize`; `strides`, `padding`, `dilationRate`, `depthMultiplier`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, height', width', channels * depthMultiplier]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, or the kernel is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 28, 28, 16]);
 * depthwiseConv2d(x, { kernelSize: 3, depthMultiplier: 2 }); // Tensor<["batch", 26, 26, 32], "float32">
 */
export function depthwiseConv2d<
  const S extends Shape,
  D extends DType,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const M extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"depthwiseConv2d", D, "float32">, CheckDepthwiseConv2d<S, K, P, Dilation, Now>>
    >[Now],
  options: WithoutFilter<"depthwiseConv2d"> & DepthwiseConv2dOptions<K, Strides, P, Dilation, M, Now>,
): Tensor<Settled<Windows2d<S, MultiplyDims<LastDim<S>, NoInfer<M>>, K, Strides, P, Dilation>>[Now]>;
export function depthwiseConv2d<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
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
  filter: Tensor<Filter, E> &
    Settled<
      FirstMessage<CheckDType<"depthwiseConv2d", E, "float32">, CheckFilterDepthwise2d<S, Filter, P, Dilations, Now>>
    >[Now],
  options: MovingOptions<"depthwiseConv2d", Strides, P, Dilations, Now>,
): Tensor<Settled<DepthwiseConv2d<S, Filter, Strides, P, Dilations>>[Now]>;
export function depthwiseConv2d(...args: readonly unknown[]) {
  const [x, filter, options] = args;
  if (!hasFilter("depthwiseConv2d", args)) return layerOf(depthwiseConv2dLayer, args);
  return convolve(
    x as Tensor<any>,
    filter as Tensor<any>,
    options as MovingOptions<"depthwiseConv2d", Pair, PairPadding, Pair, "now">,
  );
}

const depthwiseConv2dLayer = depthwiseLayer("depthwiseConv2d", 2);
