import type { DType } from "../ir/dtype.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type Conv2dOptions as ConvolveOptions, conv2d as convolve } from "../ops/conv2d.js";
import { type CheckFilter, type CheckImages, type Conv2d, checkImages } from "../ops/shared/conv2d.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { type HeightOf, type Pair, pairOf, type WidthOf } from "../ops/shared/window2d.js";
import type { DimAt } from "../types/axis.js";
import type { Dim, IsName, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type Show, show } from "../types/show.js";
import { type CheckWindow, checkWindow, type Padding } from "../types/window.js";
import { type KernelAndBiasOptions, kernelAndBias } from "./kernelAndBias.js";
import { type FloatRule, type Layer, type LayerKind, layerOf } from "./layer.js";

/** Options of the layer `conv2d`. */
export interface Conv2dOptions<F extends number, K extends Pair, Strides extends Pair, P extends Padding>
  extends KernelAndBiasOptions {
  /** How many filters there are: the size of the output's last axis. */
  readonly filters: F;
  /** The size of a filter, one number or `[height, width]`. */
  readonly kernelSize: K;
  /** How far apart windows are: 1. */
  readonly strides?: Strides;
  /** `"valid"`, no padding, unless said otherwise; `"same"` pads with zeros, so that the size is that over the stride. */
  readonly padding?: P;
}

/** The shape of images after the layer. */
export type Convolved<
  S extends Shape,
  F extends number,
  K extends Pair,
  Strides extends Pair,
  P extends Padding,
> = Conv2d<S, [HeightOf<K>, WidthOf<K>, number, F], Strides, P>;

/** `unknown` where the layer takes images of shape `S`, else the message. */
export type CheckConvolved<S extends Shape, K extends Pair, P extends Padding, Beside> =
  unknown extends CheckImages<"conv2d", S>
    ? unknown extends CheckChannels<S, DimAt<S, 3>, Beside>
      ? unknown extends CheckWindow<"conv2d", "height", DimAt<S, 1>, HeightOf<K>, P>
        ? CheckWindow<"conv2d", "width", DimAt<S, 2>, WidthOf<K>, P>
        : CheckWindow<"conv2d", "height", DimAt<S, 1>, HeightOf<K>, P>
      : CheckChannels<S, DimAt<S, 3>, Beside>
    : CheckImages<"conv2d", S>;

type CheckChannels<S extends Shape, C extends Dim, Beside> =
  IsName<C, Beside> extends true
    ? `conv2d: ${Show<S>}: the channels are a weight's size, so they are a number, not "${C}"`
    : unknown;

/** Runtime twin of `CheckConvolved`. */
function checkConvolved(shape: readonly Dim[], [height, width]: readonly [number, number], padding: Padding) {
  const channels = shape[3];
  return (
    checkImages("conv2d", shape) ??
    (typeof channels === "string"
      ? `conv2d: ${show(shape)}: the channels are a weight's size, so they are a number, not "${channels}"`
      : undefined) ??
    checkWindow("conv2d", "height", shape[1]!, height, padding) ??
    checkWindow("conv2d", "width", shape[2]!, width, padding)
  );
}

/** The shape rule of `conv2d` in `sequential`. */
export interface Conv2dRule<F extends number, K extends Pair, Strides extends Pair, P extends Padding>
  extends FloatRule<"conv2d"> {
  readonly check: this["in"] extends infer S extends Shape ? CheckConvolved<S, K, P, S> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? Convolved<S, F, K, Strides, P> : Shape;
}

/**
 * A convolution layer: activation(x ∗ kernel + bias), over the height and width of images. Given a filter instead of
 * options, the plain convolution with that filter.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `filters`, `kernelSize`; `strides`, `padding`, `activation`, `useBias`, initializers, `name`
 * @returns [batch, height', width', filters]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, or the kernel is larger than x
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
  const P extends Padding = "valid",
  Now extends "now" = "now",
>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"conv2d", D, "float32">, CheckConvolved<S, K, P, D>>,
  options: Conv2dOptions<F, K, Strides, P>,
): Tensor<{ now: Convolved<S, F, K, Strides, P> }[Now]>;
export function conv2d<
  const F extends number,
  const K extends Pair,
  const Strides extends Pair = 1,
  const P extends Padding = "valid",
>(options: Conv2dOptions<F, K, Strides, P>): Layer<Conv2dRule<F, K, Strides, P>>;
export function conv2d<
  const S extends Shape,
  D extends DType,
  const Filter extends Shape,
  E extends DType,
  const Strides extends Pair = 1,
  const P extends Padding = "valid",
  Now extends "now" = "now",
>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"conv2d", D, "float32">, CheckImages<"conv2d", S>>,
  filter: Tensor<Filter, E> & FirstMessage<CheckDType<"conv2d", E, "float32">, CheckFilter<S, Filter, P>>,
  options: ConvolveOptions<Strides, P>,
): Tensor<{ now: Conv2d<S, Filter, Strides, P> }[Now]>;
export function conv2d(...args: readonly unknown[]) {
  const [x, filter, options] = args;
  if (args.length === 3)
    return convolve(x as Tensor<any>, filter as Tensor<any>, options as ConvolveOptions<Pair, Padding>);
  return layerOf(conv2dLayer, args);
}

const conv2dLayer: LayerKind<Conv2dOptions<number, Pair, Pair, Padding>> = {
  kind: "conv2d",
  build(x, options, layer) {
    const { filters, strides = 1, padding = "valid" } = options;
    const kernelSize = pairOf(options.kernelSize);
    refuse("SW_DTYPE", "conv2d", checkDType("conv2d", x.dtype, ["float32"]));
    refuse("SW_SHAPE", "conv2d", checkConvolved(x.shape, kernelSize, padding));
    return kernelAndBias(layer, options, [...kernelSize, x.shape[3] as number, filters], (kernel) =>
      convolve(x, kernel, { strides, padding }),
    );
  },
};
