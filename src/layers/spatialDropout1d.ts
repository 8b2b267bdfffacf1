import type { DType } from "../ir/dtype.js";
import type { CheckRate } from "../ir/option-checks.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import { type FloatRule, layerOf, type NamedLayer, type Waiting } from "./layer.js";
import { spatialDropout } from "./spatialDropout.js";

/** The shape rule of `spatialDropout1d` in `sequential`. */
export interface SpatialDropout1dRule extends FloatRule<"spatialDropout1d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"spatialDropout1d", S, 3> : unknown;
  readonly out: this["in"];
}

/**
 * Dropout of whole channels of sequences: in training, sets all places of a channel of a sample to zero with probability `rate`, and
 * scales the others by 1 / (1 - rate). In evaluation and prediction, leaves its input as it is.
 * Source: Tompson et al., "Efficient object localization using convolutional networks" (2014).
 *
 * @param x [batch, time, channels], float32
 * @param rate from 0 to 1, 1 not included
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences; SW_VALUE when the rate is out of range
 * @example
 * const h = spatialDropout1d(input(["batch", "time", 64]), 0.2); // Tensor<["batch", "time", 64], "float32">
 */
export function spatialDropout1d<const R extends number, Now extends Moment = "now">(
  rate: R & CheckRate<"spatialDropout1d", "rate", R>,
  options?: NamedLayer,
): Waiting<SpatialDropout1dRule, Now>;
export function spatialDropout1d<const S extends Shape, D extends DType, const R extends number>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"spatialDropout1d", D, "float32">, CheckImages<"spatialDropout1d", S, 3>>,
  rate: R & CheckRate<"spatialDropout1d", "rate", R>,
  options?: NamedLayer,
): Tensor<S, D>;
export function spatialDropout1d(...args: readonly unknown[]) {
  return layerOf(spatialDropout1dLayer, args);
}

const spatialDropout1dLayer = spatialDropout("spatialDropout1d", 1);
