import type { DType } from "../ir/dtype.js";
import type { CheckShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, probability, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { multiply } from "../ops/multiply.js";
import type { Any } from "../ops/shared/composite.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { type CheckColours, colourAugmentation, type KeepColours, luminance } from "./augmentation/colours.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomColorDegeneration`. */
export interface RandomColorDegenerationOptions<F extends Factor = Factor> extends ValueRangeOptions {
  /** From 0, as it is, to 1, grey: drawn up to this number, or between two. */
  readonly factor: F & CheckShares<"randomColorDegeneration", "factor", F>;
}

/**
 * In training, brings the colours of each image nearer to grey, by a number that is drawn anew in each step. In evaluation and prediction,
 * leaves images as they are. Keras's `RandomColorDegeneration`; a single factor is the upper bound, as Keras's documentation has it.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor`; `valueRange` ([0, 255], in which the result is held), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images of 3 channels, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomColorDegeneration(image, { factor: 0.5 }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomColorDegeneration<const F extends Factor>(
  options: RandomColorDegenerationOptions<F>,
): Layer<KeepColours<"randomColorDegeneration">>;
export function randomColorDegeneration<const S extends Shape, D extends DType, const F extends Factor>(
  x: Tensor<S, D> & CheckColours<"randomColorDegeneration", S, D>,
  options: RandomColorDegenerationOptions<F>,
): Tensor<S, D>;
export function randomColorDegeneration(...args: readonly unknown[]) {
  return layerOf(randomColorDegenerationLayer, args);
}

const rules: OptionRules<RandomColorDegenerationOptions> = {
  factor: required(oneOrTwo(probability)),
  ...valueRangeRules,
};

export const randomColorDegenerationLayer = colourAugmentation("randomColorDegeneration", rules, (images, options) => {
  const greyer = multiply(drawn(images, 4, boundsOf(options.factor, 0)), subtract(luminance(images), images) as Any);
  return inRange(add(images, greyer), rangeOf(options));
});
