import type { DType } from "../ir/dtype.js";
import { isTensor } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import {
  type CheckFilterSeparable1d,
  separableConv1d as convolve,
  type SeparableConv1d,
} from "../ops/separableConv1d.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { CheckDepthwiseInput, CheckPointwise } from "../ops/shared/windows/depthwise-convolution.js";
import type { MovingOptions } from "../ops/shared/windows/options.js";
import type { Single } from "../ops/shared/windows/sizes.js";
import type { CheckWindows1d, Windows1d } from "../ops/shared/windows/window-shapes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { SequencePadding } from "../types/window.js";
import { type SeparableLayerOptions, separableLayer } from "./depthwiseLayer.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** `unknown` where the layer takes sequences of shape `S`, else the message. */
export type CheckSeparableConv1d<S extends Shape, K, P extends SequencePadding, D, Beside> = FirstOfRule<
  CheckDepthwiseInput<"separableConv1d", S, 3, Beside>,
  CheckWindows1d<"separableConv1d", S, K, P, D, Beside>
>;

/** The shape rule of `separableConv1d` in `sequential`. */
export interface SeparableConv1dRule<F extends number, K, Strides, P extends SequencePadding, D>
  extends FloatRule<"separableConv1d"> {
  readonly check: this["in"] extends infer S extends Shape ? CheckSeparableConv1d<S, K, P, D, this["dtype"]> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Windows1d<S, F, K, Strides, P, D> : Shape;
}

/** Options of the layer `separableConv1d`. */
export type SeparableConv1dOptions<F extends number, K, Strides, P, D, M, Now> = SeparableLayerOptions<
  "separableConv1d",
  F,
  K,
  Strides,
  P,
  D,
  M,
  Now
>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function separableConv1d<
  const F extends number,
  const K extends Single,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilation extends Single = 1,
  const M extends number = 1,
  Now extends Moment = "now",
>(
  options: SeparableConv1dOptions<F, K, Strides, P, Dilation, M, Now>,
): Waiting<SeparableConv1dRule<F, K, Strides, P, Dilation>, Now>;
/**
 * A separable convolution layer: activation((x ∗ depthwise kernel) ∗ pointwise kernel + bias), over the time of sequences. Given
 * filters instead of options, the plain separable convolution with them.
 *
 * @param x [batch, time, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, `depthMultiplier`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, time', filters]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences, or the kernel is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 100, 16]);
 * separableConv1d(x, { filters: 8, kernelSize: 3 }); // Tensor<["batch", 98, 8], "float32">
 */
export function separableConv1d<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Single,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilation extends Single = 1,
  const M extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"separableConv1d", D, "float32">, CheckSeparableConv1d<S, K, P, Dilation, Now>>
    >[Now],
  options: SeparableConv1dOptions<F, K, Strides, P, Dilation, M, Now>,
): Tensor<Settled<Windows1d<S, F, K, Strides, P, Dilation>>[Now]>;
export function separableConv1d<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
  E extends DType,
  const Mixed extends Shape,
  G extends DType,
  const Strides extends Single = 1,
  const P extends SequencePadding = "valid",
  const Dilations extends Single = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"separableConv1d", D, "float32">, CheckDepthwiseInput<"separableConv1d", S, 3, Now>>
    >[Now],
  depthwise: Tensor<Filter, E> &
    Settled<
      FirstMessage<CheckDType<"separableConv1d", E, "float32">, CheckFilterSeparable1d<S, Filter, P, Dilations, Now>>
    >[Now],
  pointwise: Tensor<Mixed, G> &
    FirstMessage<CheckDType<"separableConv1d", G, "float32">, CheckPointwise<"separableConv1d", S, Filter, Mixed, 3>>,
  options?: MovingOptions<"separableConv1d", Strides, P, Dilations, Now>,
): Tensor<Settled<SeparableConv1d<S, Filter, Mixed, Strides, P, Dilations>>[Now]>;
export function separableConv1d(...args: readonly unknown[]) {
  const [x, depthwise, pointwise, options] = args;
  if (!isTensor(depthwise)) return layerOf(separableConv1dLayer, args);
  return convolve(
    x as Tensor<any>,
    depthwise as Tensor<any>,
    pointwise as Tensor<any>,
    options as MovingOptions<"separableConv1d", number, SequencePadding, number, "now">,
  );
}

const separableConv1dLayer = separableLayer("separableConv1d", 1);
