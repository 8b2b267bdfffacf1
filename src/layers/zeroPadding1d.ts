import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { PaddedBy } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type ZeroPadded1d, type ZeroPaddingOptions, zeroPadding } from "./edges.js";
import { type LayerRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `zeroPadding1d` in `sequential`. */
export interface ZeroPadding1dRule<P> extends LayerRule {
  readonly weights: 0;
  readonly op: "zeroPadding1d";
  readonly takes: "float32" | "int32";
  readonly gives: this["dtype"];
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"zeroPadding1d", S, 3> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? ZeroPadded1d<S, P> : Shape;
}

/**
 * Zeros around the time of sequences.
 *
 * @param x [batch, time, channels]; float32 or int32
 * @param options `padding` (1: a number, or a pair `[before, after]`), `name`
 * @returns [batch, time', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x has other axes; SW_VALUE when `padding` is no number of places
 * @example
 * const y = zeroPadding1d(input(["batch", 100, 64])); // Tensor<["batch", 102, 64], "float32">
 */
export function zeroPadding1d<const P extends PaddedBy = 1, Now extends Moment = "now">(
  options?: ZeroPaddingOptions<"zeroPadding1d", P>,
): Waiting<ZeroPadding1dRule<P>, Now>;
export function zeroPadding1d<
  const S extends Shape,
  D extends DType,
  const P extends PaddedBy = 1,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"zeroPadding1d", D, "float32" | "int32">, CheckImages<"zeroPadding1d", S, 3>>>[Now],
  options?: ZeroPaddingOptions<"zeroPadding1d", P>,
): Tensor<Settled<ZeroPadded1d<S, P>>[Now], D>;
export function zeroPadding1d(...args: readonly unknown[]) {
  return layerOf(zeroPadding1dLayer, args);
}

const zeroPadding1dLayer = zeroPadding("zeroPadding1d", 1);
