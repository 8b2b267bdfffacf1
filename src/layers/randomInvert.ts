import type { DType } from "../ir/dtype.js";
import type { CheckShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import type { OptionRules } from "../ir/options.js";
import { probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { less } from "../ops/less.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomInvert`. */
export interface RandomInvertOptions<F extends Factor = Factor> extends ValueRangeOptions {
  /** How often: the probability is drawn up to this number, or between two. @default 1 */
  readonly factor?: F & CheckShares<"randomInvert", "factor", F>;
}

/**
 * In training, turns the colours of some images into their complements: low + high - x of a range from low to high. Which, is drawn anew in
 * each step. In evaluation and prediction, leaves images as they are. Keras's `RandomInvert`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor` (1); `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomInvert(image, { factor: 0.5, valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomInvert<const F extends Factor = Factor>(
  options?: RandomInvertOptions<F>,
): Layer<KeepImages<"randomInvert">>;
export function randomInvert<const S extends Shape, D extends DType, const F extends Factor = Factor>(
  x: Tensor<S, D> & CheckPhotos<"randomInvert", S, D>,
  options?: RandomInvertOptions<F>,
): Tensor<S, D>;
export function randomInvert(...args: readonly unknown[]) {
  return layerOf(randomInvertLayer, args);
}

const rules: OptionRules<RandomInvertOptions> = { factor: oneOrTwo(probability), ...valueRangeRules };

const randomInvertLayer = augmentation("randomInvert", rules, (images, options) => {
  const { factor = 1 } = options;
  const [low, high] = rangeOf(options);
  const isInverted: Tensor<any, "bool"> = less(drawn(images, 4, [0, 1]), drawn(images, 4, boundsOf(factor, 0)));
  return select(isInverted, subtract(low + high, images) as Any, images);
});
