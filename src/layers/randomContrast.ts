import type { DType } from "../ir/dtype.js";
import type { CheckShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, probability, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { mean } from "../ops/mean.js";
import { multiply } from "../ops/multiply.js";
import type { Any } from "../ops/shared/composite.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import type { Factor } from "./augmentation/factor.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomContrast`. */
export interface RandomContrastOptions<F extends Factor = Factor> extends ValueRangeOptions {
  /** From 0 to 1: contrast is multiplied by 1 less up to so much, to 1 and up to so much; or a number for each of these. */
  readonly factor: F & CheckShares<"randomContrast", "factor", F>;
}

/**
 * In training, multiplies how far each image's numbers are from their mean, that of each channel, by a number that is drawn anew in each
 * step. In evaluation and prediction, leaves images as they are. Keras's `RandomContrast`; a single factor counts in both directions, as
 * Keras's documentation has it.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor`; `valueRange` ([0, 255], in which the result is held), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when the factor is out of range, or the range is
 *   none
 * @example
 * const image = input(["batch", 28, 28, 1]);
 * const y = randomContrast(image, { factor: 0.2, valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function randomContrast<const F extends Factor>(
  options: RandomContrastOptions<F>,
): Layer<KeepImages<"randomContrast">>;
export function randomContrast<const S extends Shape, D extends DType, const F extends Factor>(
  x: Tensor<S, D> & CheckPhotos<"randomContrast", S, D>,
  options: RandomContrastOptions<F>,
): Tensor<S, D>;
export function randomContrast(...args: readonly unknown[]) {
  return layerOf(randomContrastLayer, args);
}

const rules: OptionRules<RandomContrastOptions> = { factor: required(oneOrTwo(probability)), ...valueRangeRules };

export const randomContrastLayer = augmentation("randomContrast", rules, (images, options) => {
  const { factor } = options;
  const [less, more] = typeof factor === "number" ? [factor, factor] : factor;
  const middle: Any = mean(images, { axis: [1, 2], keepDims: true });
  const changed = multiply(subtract(images, middle) as Any, drawn(images, 4, [1 - less, 1 + more]));
  return inRange(add(changed, middle), rangeOf(options));
});
