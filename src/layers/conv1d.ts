import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { type Conv1d, conv1d as convolve } from "../ops/conv1d.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { CheckChannels, CheckGroups } from "../ops/shared/windows/check-convolution.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { CheckFilter1d, ConvolutionOptions } from "../ops/shared/windows/options.js";
import type { Single } from "../ops/shared/windows/sizes.js";
import type { CheckWindows1d, Windows1d } from "../ops/shared/windows/window-shapes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { SequencePadding } from "../types/window.js";
import { type ConvolutionLayerOptions, convolutionLayer, hasFilter, type WithoutFilter } from "./convolutionLayer.js";
import type { UseBias } from "./kernelAndBias.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";
import type { ConvolutionWeights, PlacesOf } from "./weights.js";

/** `unknown` where the layer takes sequences of shape `S`, else the message. */
export type CheckConv1d<S extends Shape, K, P extends SequencePadding, D, Beside> = [S["length"]] extends [3]
  ? FirstMessage<CheckChannels<"conv1d", S, LastDim<S>, Beside>, CheckWindows1d<"conv1d", S, K, P, D, Beside>>
  : CheckImages<"conv1d", S, 3>;

/** The shape rule of `conv1d` in `sequential`. Of filters that do not divide, the option says it. */
export interface Conv1dRule<
  F extends number,
  K,
  Strides,
  P extends SequencePadding,
  D,
  G extends number,
  HasBias = true,
> extends FloatRule<"conv1d"> {
  readonly weights: ConvolutionWeights<this["in"], PlacesOf<K, 1>, F, G, HasBias>;
  readonly check: this["in"] extends infer S extends Shape
    ? FirstOfRule<CheckConv1d<S, K, P, D, this["dtype"]>, CheckGroups<"conv1d", LastDim<S>, number, G, this["dtype"]>>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Windows1d<S, F, K, Strides, P, D> : Shape;
}

/** Options of the layer `conv1d`. */
export type Conv1dOptions<
  S extends Shape,
  F extends number,
  K,
  Strides,
  P,
  D,
  G extends number,
  Now,
> = ConvolutionLayerOptions<"conv1d", S, F, K, Strides, P, D, G, Now>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function conv1d<
  const F extends number,
  const K extends Single,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilation extends Single = 1,
  const G extends number = 1,
  const HasBias extends boolean = true,
  Now extends Moment = "now",
>(
  options: Conv1dOptions<any, F, K, Strides, P, Dilation, G, Now> & UseBias<HasBias>,
): Waiting<Conv1dRule<F, K, Strides, P, Dilation, G, HasBias>, Now>;
/**
 * A convolution layer: activation(x ∗ kernel + bias), over the time of sequences. Given a filter instead of
 * options, the plain convolution with that filter.
 *
 * @param x [batch, time, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, `groups`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, time', filters]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences, or the kernel is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 100, 16]);
 * conv1d(x, { filters: 32, kernelSize: 3, activation: relu }); // Tensor<["batch", 98, 32], "float32">
 */
export function conv1d<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Single,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilation extends Single = 1,
  const G extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"conv1d", D, "float32">, CheckConv1d<S, K, P, Dilation, Now>>>[Now],
  options: WithoutFilter<"conv1d"> & Conv1dOptions<S, F, K, Strides, P, Dilation, G, Now>,
): Tensor<Settled<Windows1d<S, F, K, Strides, P, Dilation>>[Now]>;
export function conv1d<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
  E extends DType,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilations extends Single = 1,
  const G extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"conv1d", D, "float32">, CheckImages<"conv1d", S, 3>>>[Now],
  filter: Tensor<Filter, E> &
    Settled<FirstMessage<CheckDType<"conv1d", E, "float32">, CheckFilter1d<S, Filter, P, Dilations, G, Now>>>[Now],
  options: ConvolutionOptions<"conv1d", S, Filter, Strides, P, Dilations, G, Now>,
): Tensor<Settled<Conv1d<S, Filter, Strides, P, Dilations>>[Now]>;
export function conv1d(...args: readonly unknown[]) {
  const [x, filter, options] = args;
  if (!hasFilter("conv1d", args)) return layerOf(conv1dLayer, args);
  return convolve(
    x as Tensor<any>,
    filter as Tensor<any>,
    options as ConvolutionOptions<"conv1d", any, any, number, SequencePadding, number, number, "now">,
  );
}

const conv1dLayer = convolutionLayer("conv1d", 1);
