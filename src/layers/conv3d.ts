import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { type Conv3d, conv3d as convolve } from "../ops/conv3d.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { CheckChannels, CheckGroups } from "../ops/shared/windows/check-convolution.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { CheckFilter3d, ConvolutionOptions } from "../ops/shared/windows/options.js";
import type { Triple, TriplePadding } from "../ops/shared/windows/sizes.js";
import type { CheckWindows3d, Windows3d } from "../ops/shared/windows/window-shapes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type ConvolutionLayerOptions, convolutionLayer, hasFilter, type WithoutFilter } from "./convolutionLayer.js";
import type { UseBias } from "./kernelAndBias.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";
import type { ConvolutionWeights, PlacesOf } from "./weights.js";

/** `unknown` where the layer takes volumes of shape `S`, else the message. */
export type CheckConv3d<S extends Shape, K, P, D, Beside> = [S["length"]] extends [5]
  ? FirstMessage<CheckChannels<"conv3d", S, LastDim<S>, Beside>, CheckWindows3d<"conv3d", S, K, P, D, Beside>>
  : CheckImages<"conv3d", S, 5>;

/** The shape rule of `conv3d` in `sequential`. Of filters that do not divide, the option says it. */
export interface Conv3dRule<F extends number, K, Strides, P, D, G extends number, HasBias = true>
  extends FloatRule<"conv3d"> {
  readonly weights: ConvolutionWeights<this["in"], PlacesOf<K, 3>, F, G, HasBias>;
  readonly check: this["in"] extends infer S extends Shape
    ? FirstOfRule<CheckConv3d<S, K, P, D, this["dtype"]>, CheckGroups<"conv3d", LastDim<S>, number, G, this["dtype"]>>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Windows3d<S, F, K, Strides, P, D> : Shape;
}

/** Options of the layer `conv3d`. */
export type Conv3dOptions<
  S extends Shape,
  F extends number,
  K,
  Strides,
  P,
  D,
  G extends number,
  Now,
> = ConvolutionLayerOptions<"conv3d", S, F, K, Strides, P, D, G, Now>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function conv3d<
  const F extends number,
  const K extends Triple,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilation extends Triple = 1,
  const G extends number = 1,
  const HasBias extends boolean = true,
  Now extends Moment = "now",
>(
  options: Conv3dOptions<any, F, K, Strides, P, Dilation, G, Now> & UseBias<HasBias>,
): Waiting<Conv3dRule<F, K, Strides, P, Dilation, G, HasBias>, Now>;
/**
 * A convolution layer: activation(x ∗ kernel + bias), over the depth, height and width of volumes. Given a filter instead of
 * options, the plain convolution with that filter.
 *
 * @param x [batch, depth, height, width, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, `groups`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, depth', height', width', filters]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of volumes, or the kernel is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 16, 16, 16, 1]);
 * conv3d(x, { filters: 8, kernelSize: 3, activation: relu }); // Tensor<["batch", 14, 14, 14, 8], "float32">
 */
export function conv3d<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Triple,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilation extends Triple = 1,
  const G extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"conv3d", D, "float32">, CheckConv3d<S, K, P, Dilation, Now>>>[Now],
  options: WithoutFilter<"conv3d"> & Conv3dOptions<S, F, K, Strides, P, Dilation, G, Now>,
): Tensor<Settled<Windows3d<S, F, K, Strides, P, Dilation>>[Now]>;
export function conv3d<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
  E extends DType,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilations extends Triple = 1,
  const G extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"conv3d", D, "float32">, CheckImages<"conv3d", S, 5>>>[Now],
  filter: Tensor<Filter, E> &
    Settled<FirstMessage<CheckDType<"conv3d", E, "float32">, CheckFilter3d<S, Filter, P, Dilations, G, Now>>>[Now],
  options: ConvolutionOptions<"conv3d", S, Filter, Strides, P, Dilations, G, Now>,
): Tensor<Settled<Conv3d<S, Filter, Strides, P, Dilations>>[Now]>;
export function conv3d(...args: readonly unknown[]) {
  const [x, filter, options] = args;
  if (!hasFilter("conv3d", args)) return layerOf(conv3dLayer, args);
  return convolve(
    x as Tensor<any>,
    filter as Tensor<any>,
    options as ConvolutionOptions<"conv3d", any, any, Triple, TriplePadding, Triple, number, "now">,
  );
}

const conv3dLayer = convolutionLayer("conv3d", 3);
