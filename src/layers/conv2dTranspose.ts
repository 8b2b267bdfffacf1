import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import {
  type CheckFilter2dTranspose,
  type Conv2dTranspose,
  conv2dTranspose as convolve,
} from "../ops/conv2dTranspose.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckChannels } from "../ops/shared/windows/check-convolution.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Pair, PairPadding } from "../ops/shared/windows/sizes.js";
import type { TransposeOptions } from "../ops/shared/windows/transposed.js";
import type { CheckTransposed2d, Transposed2d } from "../ops/shared/windows/transposed-shapes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { hasFilter, type WithoutFilter } from "./convolutionLayer.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";
import { type TransposeLayerOptions, transposedLayer } from "./transposedLayer.js";

/** `unknown` where the layer takes images of shape `S`, else the message. */
export type CheckConv2dTranspose<S extends Shape, K, Strides, P, D, Beside, O = undefined> = [S["length"]] extends [4]
  ? FirstMessage<
      CheckChannels<"conv2dTranspose", S, LastDim<S>, Beside>,
      CheckTransposed2d<"conv2dTranspose", S, K, Strides, P, D, Beside, O>
    >
  : CheckImages<"conv2dTranspose", S, 4>;

/** The shape rule of `conv2dTranspose` in `sequential`. */
export interface Conv2dTransposeRule<F extends number, K, Strides, P, D, O = undefined>
  extends FloatRule<"conv2dTranspose"> {
  readonly check: this["in"] extends infer S extends Shape
    ? CheckConv2dTranspose<S, K, Strides, P, D, this["dtype"], O>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Transposed2d<S, F, K, Strides, P, D, O> : Shape;
}

/** Options of the layer `conv2dTranspose`. */
export type Conv2dTransposeOptions<F extends number, K, Strides, P, D, O, Now> = TransposeLayerOptions<
  "conv2dTranspose",
  F,
  K,
  Strides,
  P,
  D,
  O,
  Now
>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function conv2dTranspose<
  const F extends number,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const O extends Pair | undefined = undefined,
  Now extends Moment = "now",
>(
  options: Conv2dTransposeOptions<F, K, Strides, P, Dilation, O, Now>,
): Waiting<Conv2dTransposeRule<F, K, Strides, P, Dilation, O>, Now>;
/**
 * A transposed convolution layer: activation(x ∗ᵀ kernel + bias), over the height and width of images. It makes larger what a
 * convolution with the same kernel makes smaller. Given a filter instead of options, the plain transposed convolution with that filter.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, `outputPadding`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, height', width', filters]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, or padding leaves nothing; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 14, 14, 64]);
 * conv2dTranspose(x, { filters: 32, kernelSize: 4, strides: 2, padding: 1 }); // Tensor<["batch", 28, 28, 32], "float32">
 */
export function conv2dTranspose<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const O extends Pair | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<
        CheckDType<"conv2dTranspose", D, "float32">,
        CheckConv2dTranspose<S, K, Strides, P, Dilation, Now, O>
      >
    >[Now],
  options: WithoutFilter<"conv2dTranspose"> & Conv2dTransposeOptions<F, K, Strides, P, Dilation, O, Now>,
): Tensor<Settled<Transposed2d<S, F, K, Strides, P, Dilation, O>>[Now]>;
export function conv2dTranspose<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
  E extends DType,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilations extends Pair = 1,
  const O extends Pair | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"conv2dTranspose", D, "float32">, CheckImages<"conv2dTranspose", S, 4>>>[Now],
  filter: Tensor<Filter, E> &
    Settled<
      FirstMessage<
        CheckDType<"conv2dTranspose", E, "float32">,
        CheckFilter2dTranspose<S, Filter, Strides, P, Dilations, Now, O>
      >
    >[Now],
  options: TransposeOptions<"conv2dTranspose", Strides, P, Dilations, O, Now>,
): Tensor<Settled<Conv2dTranspose<S, Filter, Strides, P, Dilations, O>>[Now]>;
export function conv2dTranspose(...args: readonly unknown[]) {
  const [x, filter, options] = args;
  if (!hasFilter("conv2dTranspose", args)) return layerOf(conv2dTransposeLayer, args);
  return convolve(
    x as Tensor<any>,
    filter as Tensor<any>,
    options as TransposeOptions<"conv2dTranspose", Pair, PairPadding, Pair, Pair, "now">,
  );
}

const conv2dTransposeLayer = transposedLayer("conv2dTranspose", 2);
