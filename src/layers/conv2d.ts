import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { type Conv2d, conv2d as convolve } from "../ops/conv2d.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { CheckChannels, CheckGroups } from "../ops/shared/windows/check-convolution.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { CheckFilter2d, ConvolutionOptions } from "../ops/shared/windows/options.js";
import type { Pair, PairPadding } from "../ops/shared/windows/sizes.js";
import type { CheckWindows2d, Windows2d } from "../ops/shared/windows/window-shapes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type ConvolutionLayerOptions, convolutionLayer, hasFilter, type WithoutFilter } from "./convolutionLayer.js";
import type { UseBias } from "./kernelAndBias.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";
import type { ConvolutionWeights, PlacesOf } from "./weights.js";

/** `unknown` where the layer takes images of shape `S`, else the message. */
export type CheckConv2d<S extends Shape, K, P, D, Beside> = [S["length"]] extends [4]
  ? FirstMessage<CheckChannels<"conv2d", S, LastDim<S>, Beside>, CheckWindows2d<"conv2d", S, K, P, D, Beside>>
  : CheckImages<"conv2d", S, 4>;

/** The shape rule of `conv2d` in `sequential`. Of filters that do not divide, the option says it. */
export interface Conv2dRule<F extends number, K, Strides, P, D, G extends number, HasBias = true>
  extends FloatRule<"conv2d"> {
  readonly weights: ConvolutionWeights<this["in"], PlacesOf<K, 2>, F, G, HasBias>;
  readonly check: this["in"] extends infer S extends Shape
    ? FirstOfRule<CheckConv2d<S, K, P, D, this["dtype"]>, CheckGroups<"conv2d", LastDim<S>, number, G, this["dtype"]>>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Windows2d<S, F, K, Strides, P, D> : Shape;
}

/** Options of the layer `conv2d`. */
export type Conv2dOptions<
  S extends Shape,
  F extends number,
  K,
  Strides,
  P,
  D,
  G extends number,
  Now,
> = ConvolutionLayerOptions<"conv2d", S, F, K, Strides, P, D, G, Now>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function conv2d<
  const F extends number,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const G extends number = 1,
  const HasBias extends boolean = true,
  Now extends Moment = "now",
>(
  options: Conv2dOptions<any, F, K, Strides, P, Dilation, G, Now> & UseBias<HasBias>,
): Waiting<Conv2dRule<F, K, Strides, P, Dilation, G, HasBias>, Now>;
/**
 * A convolution layer: activation(x ∗ kernel + bias), over the height and width of images. Given a filter instead of
 * options, the plain convolution with that filter.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, `groups`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, height', width', filters]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, or the kernel is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 28, 28, 1]);
 * conv2d(x, { filters: 32, kernelSize: 3, activation: relu }); // Tensor<["batch", 26, 26, 32], "float32">
 */
export function conv2d<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const G extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"conv2d", D, "float32">, CheckConv2d<S, K, P, Dilation, Now>>>[Now],
  options: WithoutFilter<"conv2d"> & Conv2dOptions<S, F, K, Strides, P, Dilation, G, Now>,
): Tensor<Settled<Windows2d<S, F, K, Strides, P, Dilation>>[Now]>;
export function conv2d<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
  E extends DType,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilations extends Pair = 1,
  const G extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"conv2d", D, "float32">, CheckImages<"conv2d", S, 4>>>[Now],
  filter: Tensor<Filter, E> &
    Settled<FirstMessage<CheckDType<"conv2d", E, "float32">, CheckFilter2d<S, Filter, P, Dilations, G, Now>>>[Now],
  options: ConvolutionOptions<"conv2d", S, Filter, Strides, P, Dilations, G, Now>,
): Tensor<Settled<Conv2d<S, Filter, Strides, P, Dilations>>[Now]>;
export function conv2d(...args: readonly unknown[]) {
  const [x, filter, options] = args;
  if (!hasFilter("conv2d", args)) return layerOf(conv2dLayer, args);
  return convolve(
    x as Tensor<any>,
    filter as Tensor<any>,
    options as ConvolutionOptions<"conv2d", any, any, Pair, PairPadding, Pair, number, "now">,
  );
}

const conv2dLayer = convolutionLayer("conv2d", 2);
