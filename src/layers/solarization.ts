import type { DType } from "../ir/dtype.js";
import type { CheckShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import type { OptionRules } from "../ir/options.js";
import { probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { less } from "../ops/less.js";
import { multiply } from "../ops/multiply.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `solarization`. */
export interface SolarizationOptions<A extends Factor = Factor, F extends Factor = Factor> extends ValueRangeOptions {
  /** What is added first, as a part of the range: drawn up to this number, or between two. @default 0 */
  readonly additionFactor?: A & CheckShares<"solarization", "additionFactor", A>;
  /** The part of the range below which numbers stay: drawn up to this number, or between two. @default 0 */
  readonly thresholdFactor?: F & CheckShares<"solarization", "thresholdFactor", F>;
}

/**
 * In training, turns what is bright into its complement, low + high - x, once something was added to it: for each image by numbers that are
 * drawn anew in each step. In evaluation and prediction, leaves images as they are. Keras's `Solarization`; of two numbers both are
 * parts of the range, as Keras's documentation has it.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `additionFactor` (0), `thresholdFactor` (0); `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = solarization(image, { thresholdFactor: [0.5, 0.5], valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function solarization<const A extends Factor, const F extends Factor>(
  options?: SolarizationOptions<A, F>,
): Layer<KeepImages<"solarization">>;
export function solarization<const S extends Shape, D extends DType, const A extends Factor, const F extends Factor>(
  x: Tensor<S, D> & CheckPhotos<"solarization", S, D>,
  options?: SolarizationOptions<A, F>,
): Tensor<S, D>;
export function solarization(...args: readonly unknown[]) {
  return layerOf(solarizationLayer, args);
}

const rules: OptionRules<SolarizationOptions> = {
  additionFactor: oneOrTwo(probability),
  thresholdFactor: oneOrTwo(probability),
  ...valueRangeRules,
};

export const solarizationLayer = augmentation("solarization", rules, (images, options) => {
  const { additionFactor = 0, thresholdFactor = 0 } = options;
  const range = rangeOf(options);
  const [low, high] = range;
  const part = (factor: Factor): Any => multiply(drawn(images, 4, boundsOf(factor, 0)), high - low);
  const brighter = inRange(add(images, part(additionFactor)), range);
  const isDark: Tensor<any, "bool"> = less(brighter, add(part(thresholdFactor), low) as Any);
  return select(isDark, brighter, subtract(low + high, brighter) as Any);
});
