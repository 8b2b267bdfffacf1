import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { maxOp } from "../ops/max.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import { type GlobalPooling2d, type GlobalPoolingOptions, globalPooling } from "./globalPooling.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `globalMaxPooling2d` in `sequential`. */
export interface GlobalMaxPooling2dRule<Keep extends boolean> extends FloatRule<"globalMaxPooling2d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"globalMaxPooling2d", S, 4> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? GlobalPooling2d<S, Keep> : Shape;
}

/**
 * The largest element of all places of images, for each channel.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `keepDims` (false), `name`
 * @returns [batch, channels], with `keepDims` [batch, 1, 1, channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images
 * @example
 * const y = globalMaxPooling2d(input(["batch", 7, 7, 512])); // Tensor<["batch", 512], "float32">
 */
export function globalMaxPooling2d<Keep extends boolean = false, Now extends Moment = "now">(
  options?: GlobalPoolingOptions<Keep>,
): Waiting<GlobalMaxPooling2dRule<Keep>, Now>;
export function globalMaxPooling2d<const S extends Shape, D extends DType, Keep extends boolean = false>(
  x: Tensor<S, D> &
    FirstMessage<CheckDType<"globalMaxPooling2d", D, "float32">, CheckImages<"globalMaxPooling2d", S, 4>>,
  options?: GlobalPoolingOptions<Keep>,
): Tensor<GlobalPooling2d<S, Keep>>;
export function globalMaxPooling2d(...args: readonly unknown[]) {
  return layerOf(globalMaxPooling2dLayer, args);
}

const globalMaxPooling2dLayer = globalPooling("globalMaxPooling2d", maxOp, 2);
