import type { DType } from "../ir/dtype.js";
import { type CheckShares, oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { less } from "../ops/less.js";
import { multiply } from "../ops/multiply.js";
import { neg } from "../ops/neg.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { pixels } from "../ops/shared/windows/pixels.js";
import { sampled } from "../ops/shared/windows/sampled.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { type MovedImagesOptions, movedImages, samplingOf } from "./augmentation/moved-images.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomShear`. */
export interface RandomShearOptions<X extends Factor = Factor, Y extends Factor = Factor> extends MovedImagesOptions {
  /**
   * How far each row is moved against the row above it, in pixels, from 0 to 1: up to so much, or between two bounds, to one side or the
   * other. @default 0
   */
  readonly xFactor?: X & CheckShares<"randomShear", "xFactor", X>;
  /** How far each column is moved against the column before it, alike. @default 0 */
  readonly yFactor?: Y & CheckShares<"randomShear", "yFactor", Y>;
}

/**
 * In training, shears each image, whose pixel at (0, 0) stays: what is at (x, y) comes from (x + a y, y + b x). Drawn anew in each step;
 * of two bounds, a and b have one sign, either. In evaluation and prediction, leaves images as they are. Keras's `RandomShear`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `xFactor` (0), `yFactor` (0); `fillMode` ("reflect"), `fillValue` (0), `interpolation` ("bilinear"), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when a factor is out of range, or there is no
 *   such mode
 * @example
 * const image = input(["batch", 28, 28, 1]);
 * const y = randomShear(image, { xFactor: 0.2, yFactor: [0.1, 0.3] }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function randomShear<const X extends Factor = Factor, const Y extends Factor = Factor>(
  options?: RandomShearOptions<X, Y>,
): Layer<KeepImages<"randomShear">>;
export function randomShear<
  const S extends Shape,
  D extends DType,
  const X extends Factor = Factor,
  const Y extends Factor = Factor,
>(x: Tensor<S, D> & CheckPhotos<"randomShear", S, D>, options?: RandomShearOptions<X, Y>): Tensor<S, D>;
export function randomShear(...args: readonly unknown[]) {
  return layerOf(randomShearLayer, args);
}

const rules: OptionRules<RandomShearOptions> = {
  xFactor: oneOrTwo(probability),
  yFactor: oneOrTwo(probability),
  ...movedImages,
};

export const randomShearLayer = augmentation("randomShear", rules, (images, options) => {
  const { xFactor = 0, yFactor = 0 } = options;
  const isBackwards: Tensor<any, "bool"> = less(drawn(images, 3, [0, 1]), 0.5);
  const shear = (factor: Factor): Any => {
    const amount = drawn(images, 3, boundsOf(factor));
    return select(isBackwards, neg(amount) as Any, amount);
  };
  const { x, y } = pixels(images);
  const origins = { x: add(x, multiply(shear(xFactor), y) as Any), y: add(y, multiply(shear(yFactor), x) as Any) };
  return sampled(images, origins, samplingOf(options));
});
