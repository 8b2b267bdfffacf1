import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { maxOp } from "../ops/max.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import { type GlobalPooling1d, type GlobalPoolingOptions, globalPooling } from "./globalPooling.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `globalMaxPooling1d` in `sequential`. */
export interface GlobalMaxPooling1dRule<Keep extends boolean> extends FloatRule<"globalMaxPooling1d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"globalMaxPooling1d", S, 3> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? GlobalPooling1d<S, Keep> : Shape;
}

/**
 * The largest element of all steps of sequences, for each channel.
 *
 * @param x [batch, time, channels], float32
 * @param options `keepDims` (false), `name`
 * @returns [batch, channels], with `keepDims` [batch, 1, channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences
 * @example
 * const y = globalMaxPooling1d(input(["batch", "time", 64])); // Tensor<["batch", 64], "float32">
 */
export function globalMaxPooling1d<Keep extends boolean = false, Now extends Moment = "now">(
  options?: GlobalPoolingOptions<Keep>,
): Waiting<GlobalMaxPooling1dRule<Keep>, Now>;
export function globalMaxPooling1d<const S extends Shape, D extends DType, Keep extends boolean = false>(
  x: Tensor<S, D> &
    FirstMessage<CheckDType<"globalMaxPooling1d", D, "float32">, CheckImages<"globalMaxPooling1d", S, 3>>,
  options?: GlobalPoolingOptions<Keep>,
): Tensor<GlobalPooling1d<S, Keep>>;
export function globalMaxPooling1d(...args: readonly unknown[]) {
  return layerOf(globalMaxPooling1dLayer, args);
}

const globalMaxPooling1dLayer = globalPooling("globalMaxPooling1d", maxOp, 1);
