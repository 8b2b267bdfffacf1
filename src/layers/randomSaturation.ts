import type { DType } from "../ir/dtype.js";
import type { CheckShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, probability, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { divide } from "../ops/divide.js";
import { greater } from "../ops/greater.js";
import { max } from "../ops/max.js";
import { min } from "../ops/min.js";
import { minimum } from "../ops/minimum.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { type CheckColours, colourAugmentation, type KeepColours } from "./augmentation/colours.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomSaturation`. */
export interface RandomSaturationOptions<F extends Factor = Factor> extends ValueRangeOptions {
  /** From 0, grey, by 0.5, as it is, to 1, as saturated as can be: drawn up to this number, or between two. */
  readonly factor: F & CheckShares<"randomSaturation", "factor", F>;
}

/**
 * In training, multiplies how saturated the colours of each image are by f / (1 - f) of a number f that is drawn anew in each step. In evaluation
 * and prediction, leaves images as they are. Keras's `RandomSaturation`; a single factor is the upper bound, as Keras's documentation has it,
 * and no colour becomes more than saturated.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor`; `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images of 3 channels, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomSaturation(image, { factor: [0.3, 0.7] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomSaturation<const F extends Factor>(
  options: RandomSaturationOptions<F>,
): Layer<KeepColours<"randomSaturation">>;
export function randomSaturation<const S extends Shape, D extends DType, const F extends Factor>(
  x: Tensor<S, D> & CheckColours<"randomSaturation", S, D>,
  options: RandomSaturationOptions<F>,
): Tensor<S, D>;
export function randomSaturation(...args: readonly unknown[]) {
  return layerOf(randomSaturationLayer, args);
}

const rules: OptionRules<RandomSaturationOptions> = { factor: required(oneOrTwo(probability)), ...valueRangeRules };

const randomSaturationLayer = colourAugmentation("randomSaturation", rules, (images, options) => {
  const part = drawn(images, 4, boundsOf(options.factor, 0));
  // Keras's epsilon, so that 1 is a large number.
  const wanted: Any = divide(part, add(subtract(1, part) as Any, 1e-7) as Any);
  return saturated(images, wanted, rangeOf(options)[0]);
});

/** Colours that are so many times as far from white: in HSV, the saturation (v - least) / v is multiplied, up to 1. */
function saturated(images: Any, times: Any, low: number): Any {
  const axes = { axis: -1, keepDims: true } as const;
  const value: Any = max(images, axes);
  const chroma: Any = subtract(value, min(images, axes) as Any);
  const isColoured: Tensor<any, "bool"> = greater(chroma, 0);
  const most: Any = divide(subtract(value, low) as Any, select(isColoured, chroma, 1) as Any);
  return subtract(value, multiply(subtract(value, images) as Any, minimum(times, most) as Any) as Any);
}
