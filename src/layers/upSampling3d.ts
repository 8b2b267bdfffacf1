import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Triple } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";
import { type UpSampled3d, type UpSamplingOptions, upSampling } from "./upSampling.js";

/** The shape rule of `upSampling3d` in `sequential`. */
export interface UpSampling3dRule<Size> extends FloatRule<"upSampling3d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"upSampling3d", S, 5> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? UpSampled3d<S, Size> : Shape;
}

/**
 * Each place of volumes several times, beside itself: volumes that are larger by whole numbers.
 *
 * @param x [batch, depth, height, width, channels], float32
 * @param options `size` (2), `name`
 * @returns [batch, depth', height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of volumes; SW_VALUE when `size` is none
 * @example
 * const y = upSampling3d(input(["batch", 4, 7, 7, 64])); // Tensor<["batch", 8, 14, 14, 64], "float32">
 */
export function upSampling3d<const Size extends Triple = 2, Now extends Moment = "now">(
  options?: UpSamplingOptions<"upSampling3d", Size, Now>,
): Waiting<UpSampling3dRule<Size>, Now>;
export function upSampling3d<
  const S extends Shape,
  D extends DType,
  const Size extends Triple = 2,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"upSampling3d", D, "float32">, CheckImages<"upSampling3d", S, 5>>>[Now],
  options?: UpSamplingOptions<"upSampling3d", Size, Now>,
): Tensor<Settled<UpSampled3d<S, NoInfer<Size>>>[Now]>;
export function upSampling3d(...args: readonly unknown[]) {
  return layerOf(upSampling3dLayer, args);
}

const upSampling3dLayer = upSampling("upSampling3d", 3);
