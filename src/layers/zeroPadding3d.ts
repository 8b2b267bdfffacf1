import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { TripleEdges } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type ZeroPadded3d, type ZeroPaddingOptions, zeroPadding } from "./edges.js";
import { type LayerRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `zeroPadding3d` in `sequential`. */
export interface ZeroPadding3dRule<P> extends LayerRule {
  readonly weights: 0;
  readonly op: "zeroPadding3d";
  readonly takes: "float32" | "int32";
  readonly gives: this["dtype"];
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"zeroPadding3d", S, 5> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? ZeroPadded3d<S, P> : Shape;
}

/**
 * Zeros around the depth, height and width of volumes.
 *
 * @param x [batch, depth, height, width, channels]; float32 or int32
 * @param options `padding` (1: a number, or one for each axis, in whose place a pair tells before and after apart), `name`
 * @returns [batch, depth', height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has other axes; SW_VALUE when `padding` is no number of places
 * @example
 * const y = zeroPadding3d(input(["batch", 16, 28, 28, 1])); // Tensor<["batch", 18, 30, 30, 1], "float32">
 */
export function zeroPadding3d<const P extends TripleEdges = 1, Now extends Moment = "now">(
  options?: ZeroPaddingOptions<"zeroPadding3d", P>,
): Waiting<ZeroPadding3dRule<P>, Now>;
export function zeroPadding3d<
  const S extends Shape,
  D extends DType,
  const P extends TripleEdges = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"zeroPadding3d", D, "float32" | "int32">, CheckImages<"zeroPadding3d", S, 5>>>[Now],
  options?: ZeroPaddingOptions<"zeroPadding3d", P>,
): Tensor<Settled<ZeroPadded3d<S, P>>[Now], D>;
export function zeroPadding3d(...args: readonly unknown[]) {
  return layerOf(zeroPadding3dLayer, args);
}

const zeroPadding3dLayer = zeroPadding("zeroPadding3d", 3);
