import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { PairEdges } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type ZeroPadded2d, type ZeroPaddingOptions, zeroPadding } from "./edges.js";
import { type LayerRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `zeroPadding2d` in `sequential`. */
export interface ZeroPadding2dRule<P> extends LayerRule {
  readonly weights: 0;
  readonly op: "zeroPadding2d";
  readonly takes: "float32" | "int32";
  readonly gives: this["dtype"];
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"zeroPadding2d", S, 4> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? ZeroPadded2d<S, P> : Shape;
}

/**
 * Zeros around the height and width of images.
 *
 * @param x [batch, height, width, channels]; float32 or int32
 * @param options `padding` (1: a number, or one for each axis, in whose place a pair tells before and after apart), `name`
 * @returns [batch, height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has other axes; SW_VALUE when `padding` is no number of places
 * @example
 * const y = zeroPadding2d(input(["batch", 28, 28, 1])); // Tensor<["batch", 30, 30, 1], "float32">
 */
export function zeroPadding2d<const P extends PairEdges = 1, Now extends Moment = "now">(
  options?: ZeroPaddingOptions<"zeroPadding2d", P>,
): Waiting<ZeroPadding2dRule<P>, Now>;
export function zeroPadding2d<
  const S extends Shape,
  D extends DType,
  const P extends PairEdges = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"zeroPadding2d", D, "float32" | "int32">, CheckImages<"zeroPadding2d", S, 4>>>[Now],
  options?: ZeroPaddingOptions<"zeroPadding2d", P>,
): Tensor<Settled<ZeroPadded2d<S, P>>[Now], D>;
export function zeroPadding2d(...args: readonly unknown[]) {
  return layerOf(zeroPadding2dLayer, args);
}

const zeroPadding2dLayer = zeroPadding("zeroPadding2d", 2);
