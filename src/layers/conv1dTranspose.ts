import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import {
  type CheckFilter1dTranspose,
  type Conv1dTranspose,
  conv1dTranspose as convolve,
} from "../ops/conv1dTranspose.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckChannels } from "../ops/shared/windows/check-convolution.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Single } from "../ops/shared/windows/sizes.js";
import type { TransposeOptions } from "../ops/shared/windows/transposed.js";
import type { CheckTransposed1d, Transposed1d } from "../ops/shared/windows/transposed-shapes.js";
import type { LastDim } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { AxisPadding } from "../types/window.js";
import { hasFilter, type WithoutFilter } from "./convolutionLayer.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";
import { type TransposeLayerOptions, transposedLayer } from "./transposedLayer.js";

/** `unknown` where the layer takes sequences of shape `S`, else the message. */
export type CheckConv1dTranspose<S extends Shape, K, Strides, P extends AxisPadding, D, Beside, O = undefined> = [
  S["length"],
] extends [3]
  ? FirstMessage<
      CheckChannels<"conv1dTranspose", S, LastDim<S>, Beside>,
      CheckTransposed1d<"conv1dTranspose", S, K, Strides, P, D, Beside, O>
    >
  : CheckImages<"conv1dTranspose", S, 3>;

/** The shape rule of `conv1dTranspose` in `sequential`. */
export interface Conv1dTransposeRule<F extends number, K, Strides, P extends AxisPadding, D, O = undefined>
  extends FloatRule<"conv1dTranspose"> {
  readonly check: this["in"] extends infer S extends Shape
    ? CheckConv1dTranspose<S, K, Strides, P, D, this["dtype"], O>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Transposed1d<S, F, K, Strides, P, D, O> : Shape;
}

/** Options of the layer `conv1dTranspose`. */
export type Conv1dTransposeOptions<F extends number, K, Strides, P, D, O, Now> = TransposeLayerOptions<
  "conv1dTranspose",
  F,
  K,
  Strides,
  P,
  D,
  O,
  Now
>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function conv1dTranspose<
  const F extends number,
  const K extends Single,
  const Strides extends Single = 1,
  const P extends AxisPadding = "valid",
  const Dilation extends Single = 1,
  const O extends Single | undefined = undefined,
  Now extends Moment = "now",
>(
  options: Conv1dTransposeOptions<F, K, Strides, P, Dilation, O, Now>,
): Waiting<Conv1dTransposeRule<F, K, Strides, P, Dilation, O>, Now>;
/**
 * A transposed convolution layer: activation(x ∗ᵀ kernel + bias), over the time of sequences. It makes larger what a
 * convolution with the same kernel makes smaller. Given a filter instead of options, the plain transposed convolution with that filter.
 *
 * @param x [batch, time, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, `outputPadding`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, time', filters]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences, or padding leaves nothing; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 25, 64]);
 * conv1dTranspose(x, { filters: 32, kernelSize: 4, strides: 2, padding: 1 }); // Tensor<["batch", 50, 32], "float32">
 */
export function conv1dTranspose<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Single,
  const Strides extends Single = 1,
  const P extends AxisPadding = "valid",
  const Dilation extends Single = 1,
  const O extends Single | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<
        CheckDType<"conv1dTranspose", D, "float32">,
        CheckConv1dTranspose<S, K, Strides, P, Dilation, Now, O>
      >
    >[Now],
  options: WithoutFilter<"conv1dTranspose"> & Conv1dTransposeOptions<F, K, Strides, P, Dilation, O, Now>,
): Tensor<Settled<Transposed1d<S, F, K, Strides, P, Dilation, O>>[Now]>;
export function conv1dTranspose<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
  E extends DType,
  const Strides extends Single = 1,
  const P extends AxisPadding = "valid",
  const Dilations extends Single = 1,
  const O extends Single | undefined = undefined,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"conv1dTranspose", D, "float32">, CheckImages<"conv1dTranspose", S, 3>>>[Now],
  filter: Tensor<Filter, E> &
    Settled<
      FirstMessage<
        CheckDType<"conv1dTranspose", E, "float32">,
        CheckFilter1dTranspose<S, Filter, Strides, P, Dilations, Now, O>
      >
    >[Now],
  options: TransposeOptions<"conv1dTranspose", Strides, P, Dilations, O, Now>,
): Tensor<Settled<Conv1dTranspose<S, Filter, Strides, P, Dilations, O>>[Now]>;
export function conv1dTranspose(...args: readonly unknown[]) {
  const [x, filter, options] = args;
  if (!hasFilter("conv1dTranspose", args)) return layerOf(conv1dTransposeLayer, args);
  return convolve(
    x as Tensor<any>,
    filter as Tensor<any>,
    options as TransposeOptions<"conv1dTranspose", number, AxisPadding, number, number, "now">,
  );
}

const conv1dTransposeLayer = transposedLayer("conv1dTranspose", 1);
