import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { maxOp } from "../ops/max.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment } from "../types/settled.js";
import { type GlobalPooling3d, type GlobalPoolingOptions, globalPooling } from "./globalPooling.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";

/** The shape rule of `globalMaxPooling3d` in `sequential`. */
export interface GlobalMaxPooling3dRule<Keep extends boolean> extends FloatRule<"globalMaxPooling3d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"globalMaxPooling3d", S, 5> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? GlobalPooling3d<S, Keep> : Shape;
}

/**
 * The largest element of all places of volumes, for each channel.
 *
 * @param x [batch, depth, height, width, channels], float32
 * @param options `keepDims` (false), `name`
 * @returns [batch, channels], with `keepDims` [batch, 1, 1, 1, channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of volumes
 * @example
 * const y = globalMaxPooling3d(input(["batch", "frames", 7, 7, 512])); // Tensor<["batch", 512], "float32">
 */
export function globalMaxPooling3d<Keep extends boolean = false, Now extends Moment = "now">(
  options?: GlobalPoolingOptions<Keep>,
): Waiting<GlobalMaxPooling3dRule<Keep>, Now>;
export function globalMaxPooling3d<const S extends Shape, D extends DType, Keep extends boolean = false>(
  x: Tensor<S, D> &
    FirstMessage<CheckDType<"globalMaxPooling3d", D, "float32">, CheckImages<"globalMaxPooling3d", S, 5>>,
  options?: GlobalPoolingOptions<Keep>,
): Tensor<GlobalPooling3d<S, Keep>>;
export function globalMaxPooling3d(...args: readonly unknown[]) {
  return layerOf(globalMaxPooling3dLayer, args);
}

const globalMaxPooling3dLayer = globalPooling("globalMaxPooling3d", maxOp, 3);
