import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { meanOp } from "../ops/mean.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import { type GlobalPooling1d, type GlobalPoolingOptions, globalPooling } from "./globalPooling.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `globalAveragePooling1d` in `sequential`. */
export interface GlobalAveragePooling1dRule<Keep extends boolean> extends FloatRule<"globalAveragePooling1d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"globalAveragePooling1d", S, 3> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? GlobalPooling1d<S, Keep> : Shape;
}

/**
 * The mean of all steps of sequences, for each channel.
 *
 * @param x [batch, time, channels], float32
 * @param options `keepDims` (false), `name`
 * @returns [batch, channels], with `keepDims` [batch, 1, channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences
 * @example
 * const y = globalAveragePooling1d(input(["batch", "time", 64])); // Tensor<["batch", 64], "float32">
 */
export function globalAveragePooling1d<Keep extends boolean = false, Now extends Moment = "now">(
  options?: GlobalPoolingOptions<Keep>,
): Waiting<GlobalAveragePooling1dRule<Keep>, Now>;
export function globalAveragePooling1d<const S extends Shape, D extends DType, Keep extends boolean = false>(
  x: Tensor<S, D> &
    FirstMessage<CheckDType<"globalAveragePooling1d", D, "float32">, CheckImages<"globalAveragePooling1d", S, 3>>,
  options?: GlobalPoolingOptions<Keep>,
): Tensor<GlobalPooling1d<S, Keep>>;
export function globalAveragePooling1d(...args: readonly unknown[]) {
  return layerOf(globalAveragePooling1dLayer, args);
}

const globalAveragePooling1dLayer = globalPooling("globalAveragePooling1d", meanOp, 1);
