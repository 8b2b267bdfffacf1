import type { DType } from "../ir/dtype.js";
import { isTensor } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import {
  type CheckFilterSeparable2d,
  separableConv2d as convolve,
  type SeparableConv2d,
} from "../ops/separableConv2d.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { CheckDepthwiseInput, CheckPointwise } from "../ops/shared/windows/depthwise-convolution.js";
import type { MovingOptions } from "../ops/shared/windows/options.js";
import type { Pair, PairPadding } from "../ops/shared/windows/sizes.js";
import type { CheckWindows2d, Windows2d } from "../ops/shared/windows/window-shapes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type SeparableLayerOptions, separableLayer } from "./depthwiseLayer.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** `unknown` where the layer takes images of shape `S`, else the message. */
export type CheckSeparableConv2d<S extends Shape, K, P, D, Beside> = FirstOfRule<
  CheckDepthwiseInput<"separableConv2d", S, 4, Beside>,
  CheckWindows2d<"separableConv2d", S, K, P, D, Beside>
>;

/** The shape rule of `separableConv2d` in `sequential`. */
export interface SeparableConv2dRule<F extends number, K, Strides, P, D> extends FloatRule<"separableConv2d"> {
  readonly check: this["in"] extends infer S extends Shape ? CheckSeparableConv2d<S, K, P, D, this["dtype"]> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Windows2d<S, F, K, Strides, P, D> : Shape;
}

/** Options of the layer `separableConv2d`. */
export type SeparableConv2dOptions<F extends number, K, Strides, P, D, M, Now> = SeparableLayerOptions<
  "separableConv2d",
  F,
  K,
  Strides,
  P,
  D,
  M,
  Now
>;

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function separableConv2d<
  const F extends number,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const M extends number = 1,
  Now extends Moment = "now",
>(
  options: SeparableConv2dOptions<F, K, Strides, P, Dilation, M, Now>,
): Waiting<SeparableConv2dRule<F, K, Strides, P, Dilation>, Now>;
/**
 * A separable convolution layer: activation((x ∗ depthwise kernel) ∗ pointwise kernel + bias), over the height and width of images. Given
 * filters instead of options, the plain separable convolution with them.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `dilationRate`, `depthMultiplier`, `activation`, `useBias`, initializers,
 *   regularizers, constraints, `name`
 * @returns [batch, height', width', filters]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, or the kernel is larger than x; SW_VALUE when an option is outside of its range
 * @example
 * const x = input(["batch", 28, 28, 16]);
 * separableConv2d(x, { filters: 8, kernelSize: 3 }); // Tensor<["batch", 26, 26, 8], "float32">
 */
export function separableConv2d<
  const S extends Shape,
  D extends DType,
  const F extends number,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilation extends Pair = 1,
  const M extends number = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"separableConv2d", D, "float32">, CheckSeparableConv2d<S, K, P, Dilation, Now>>
    >[Now],
  options: SeparableConv2dOptions<F, K, Strides, P, Dilation, M, Now>,
): Tensor<Settled<Windows2d<S, F, K, Strides, P, Dilation>>[Now]>;
export function separableConv2d<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
  E extends DType,
  const Mixed extends Shape,
  G extends DType,
  const Strides extends Pair = 1,
  const P extends PairPadding = "valid",
  const Dilations extends Pair = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<
      FirstMessage<CheckDType<"separableConv2d", D, "float32">, CheckDepthwiseInput<"separableConv2d", S, 4, Now>>
    >[Now],
  depthwise: Tensor<Filter, E> &
    Settled<
      FirstMessage<CheckDType<"separableConv2d", E, "float32">, CheckFilterSeparable2d<S, Filter, P, Dilations, Now>>
    >[Now],
  pointwise: Tensor<Mixed, G> &
    FirstMessage<CheckDType<"separableConv2d", G, "float32">, CheckPointwise<"separableConv2d", S, Filter, Mixed, 4>>,
  options?: MovingOptions<"separableConv2d", Strides, P, Dilations, Now>,
): Tensor<Settled<SeparableConv2d<S, Filter, Mixed, Strides, P, Dilations>>[Now]>;
export function separableConv2d(...args: readonly unknown[]) {
  const [x, depthwise, pointwise, options] = args;
  if (!isTensor(depthwise)) return layerOf(separableConv2dLayer, args);
  return convolve(
    x as Tensor<any>,
    depthwise as Tensor<any>,
    pointwise as Tensor<any>,
    options as MovingOptions<"separableConv2d", Pair, PairPadding, Pair, "now">,
  );
}

const separableConv2dLayer = separableLayer("separableConv2d", 2);
