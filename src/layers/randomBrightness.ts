import type { DType } from "../ir/dtype.js";
import type { CheckSignedShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, required, signedShare } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { multiply } from "../ops/multiply.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomBrightness`. */
export interface RandomBrightnessOptions<F extends Factor = Factor> extends ValueRangeOptions {
  /** What is added, as a part of the range: up to so much more or less, or between two bounds. From -1 to 1. */
  readonly factor: F & CheckSignedShares<"randomBrightness", "factor", F>;
}

/**
 * In training, adds a number to all of each image: drawn anew in each step. In evaluation and prediction, leaves images as they are.
 * Keras's `RandomBrightness`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor`; `valueRange` ([0, 255], in which the result is held), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when the factor is out of range, or the range is
 *   none
 * @example
 * const image = input(["batch", 28, 28, 1]);
 * const y = randomBrightness(image, { factor: 0.2, valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function randomBrightness<const F extends Factor>(
  options: RandomBrightnessOptions<F>,
): Layer<KeepImages<"randomBrightness">>;
export function randomBrightness<const S extends Shape, D extends DType, const F extends Factor>(
  x: Tensor<S, D> & CheckPhotos<"randomBrightness", S, D>,
  options: RandomBrightnessOptions<F>,
): Tensor<S, D>;
export function randomBrightness(...args: readonly unknown[]) {
  return layerOf(randomBrightnessLayer, args);
}

const rules: OptionRules<RandomBrightnessOptions> = { factor: required(oneOrTwo(signedShare)), ...valueRangeRules };

export const randomBrightnessLayer = augmentation("randomBrightness", rules, (images, options) => {
  const range = rangeOf(options);
  const more = multiply(drawn(images, 4, boundsOf(options.factor)), range[1] - range[0]);
  return inRange(add(images, more), range);
});
