import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import type { Single } from "../ops/shared/windows/sizes.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type FloatRule, layerOf, type Waiting } from "./layer.js";
import { type UpSampled1d, type UpSamplingOptions, upSampling } from "./upSampling.js";

/** The shape rule of `upSampling1d` in `sequential`. */
export interface UpSampling1dRule<Size> extends FloatRule<"upSampling1d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"upSampling1d", S, 3> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? UpSampled1d<S, Size> : Shape;
}

/**
 * Each step of sequences several times, beside itself: sequences that are larger by whole numbers.
 *
 * @param x [batch, time, channels], float32
 * @param options `size` (2), `name`
 * @returns [batch, time * size, channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of sequences; SW_VALUE when `size` is none
 * @example
 * const y = upSampling1d(input(["batch", "time", 64])); // Tensor<["batch", "time*2", 64], "float32">
 */
export function upSampling1d<const Size extends Single = 2, Now extends Moment = "now">(
  options?: UpSamplingOptions<"upSampling1d", Size, Now>,
): Waiting<UpSampling1dRule<Size>, Now>;
export function upSampling1d<
  const S extends Shape,
  D extends DType,
  const Size extends Single = 2,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"upSampling1d", D, "float32">, CheckImages<"upSampling1d", S, 3>>>[Now],
  options?: UpSamplingOptions<"upSampling1d", Size, Now>,
): Tensor<Settled<UpSampled1d<S, NoInfer<Size>>>[Now]>;
export function upSampling1d(...args: readonly unknown[]) {
  return layerOf(upSampling1dLayer, args);
}

const upSampling1dLayer = upSampling("upSampling1d", 1);
