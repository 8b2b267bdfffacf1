import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import {
  type CheckFilter3dTranspose,
  type Conv3dTranspose,
  conv3dTranspose as convolve,
} from "../ops/conv3dTranspose.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckChannels } from "../ops/shared/windows/check-convolution.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Triple, TriplePadding } from "../ops/shared/windows/sizes.js";
import type { TransposeOptions } from "../ops/shared/windows/transposed.js";
import type { CheckTransposed3d, Transposed3d } from "../ops/shared/windows/transposed-shapes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { hasFilter, type WithoutFilter } from "./convolutionLayer.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";
import { type TransposeLayerOptions, transposedLayer } from "./transposedLayer.js";

/** `unknown` where the layer takes volumes of shape `S`, else the message. */
export type CheckConv3dTranspose<S extends Shape, K, Strides, P, D, Beside, O = undefined> = [S["length"]] extends [5]
  ? FirstMessage<
      CheckChannels<"conv3dTranspose", S, LastDim<S>, Beside>,
      CheckTransposed3d<"conv3dTranspose", S, K, Strides, P, D, Beside, O>
    >
  : CheckImages<"conv3dTranspose", S, 5>;

/** The shape rule of `conv3dTranspose` in `sequential`. */
export interface Conv3dTransposeRule<F extends number, K, Strides, P, D, O = undefined>
  extends FloatRule<"conv3dTranspose"> {
  readonly check: this["in"] extends infer S extends Shape
    ? CheckConv3dTranspose<S, K, Strides, P, D, this["dtype"], O>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Transposed3d<S, F, K, Strides, P, D, O> : Shape;
}

/** Options of the layer `conv3dTranspose`. */
export type Conv3dTransposeOptions<F extends number, K, Strides, P, D, O, Now> = TransposeLayerOptions<
  "conv3dTranspose",
  F,
  K,
  Strides,
  P,
  D,
  O,
  Now
>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function conv3dTranspose<
  const F extends number,
  const K extends Triple,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilation extends Triple = 1,
  const O extends Triple | undefined = undefined,
  Now extends Moment = "now",
>(
  options: Conv3dTransposeOptions<F, K, Strides, P, Dilation, O, Now>,
): Waiting<Conv3dTransposeRule<F, K, Strides, P, Dilation, O>, Now>;
/**
 * A transposed convolution layer: activation(x ∗ᵀ kernel + bias), over the depth, height and width of volumes. It makes larger what a
 * convolution with the same kernel makes smaller. Given a filter instead of options, the plain transposed convolution with that filter.
 *
 * @param x [batch, depth, height, width, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, `outputPadding`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, depth', height', width', filters]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of volumes, or padding leaves nothing; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 4, 14, 14, 64]);
 * conv3dTranspose(x, { filters: 32, kernelSize: 4, strides: 2, padding: 1 }); // Tensor<["batch", 8, 28, 28, 32], "float32">
 */
export function conv3dTranspose<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Triple,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilation extends Triple = 1,
  const O extends Triple | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<
        CheckDType<"conv3dTranspose", D, "float32">,
        CheckConv3dTranspose<S, K, Strides, P, Dilation, Now, O>
      >
    >[Now],
  options: WithoutFilter<"conv3dTranspose"> & Conv3dTransposeOptions<F, K, Strides, P, Dilation, O, Now>,
): Tensor<Settled<Transposed3d<S, F, K, Strides, P, Dilation, O>>[Now]>;
export function conv3dTranspose<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
  E extends DType,
  const Strides extends Triple = 1,
  const P extends TriplePadding = "valid",
  const Dilations extends Triple = 1,
  const O extends Triple | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"conv3dTranspose", D, "float32">, CheckImages<"conv3dTranspose", S, 5>>>[Now],
  filter: Tensor<Filter, E> &
    Settled<
      FirstMessage<
        CheckDType<"conv3dTranspose", E, "float32">,
        CheckFilter3dTranspose<S, Filter, Strides, P, Dilations, Now, O>
      >
    >[Now],
  options: TransposeOptions<"conv3dTranspose", Strides, P, Dilations, O, Now>,
): Tensor<Settled<Conv3dTranspose<S, Filter, Strides, P, Dilations, O>>[Now]>;
export function conv3dTranspose(...args: readonly unknown[]) {
  const [x, filter, options] = args;
  if (!hasFilter("conv3dTranspose", args)) return layerOf(conv3dTransposeLayer, args);
  return convolve(
    x as Tensor<any>,
    filter as Tensor<any>,
    options as TransposeOptions<"conv3dTranspose", Triple, TriplePadding, Triple, Triple, "now">,
  );
}

const conv3dTransposeLayer = transposedLayer("conv3dTranspose", 3);
