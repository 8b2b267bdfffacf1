import type { DType } from "../ir/dtype.js";
import type { CheckSignedShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, required, signedShare } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { multiply } from "../ops/multiply.js";
import { pixels, sizesOf } from "../ops/shared/windows/pixels.js";
import { sampled } from "../ops/shared/windows/sampled.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { type MovedImagesOptions, movedImages, samplingOf } from "./augmentation/moved-images.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomTranslation`. */
export interface RandomTranslationOptions<H extends Factor = Factor, W extends Factor = Factor>
  extends MovedImagesOptions {
  /** How far down images are moved, as a part of their height: up to so much up or down, or between two bounds. From -1 to 1. */
  readonly heightFactor: H & CheckSignedShares<"randomTranslation", "heightFactor", H>;
  /** How far to the right, as a part of their width. */
  readonly widthFactor: W & CheckSignedShares<"randomTranslation", "widthFactor", W>;
}

/**
 * In training, moves each image up or down and to a side, by parts of pixels too: drawn anew in each step. In evaluation and prediction,
 * leaves images as they are. Keras's `RandomTranslation`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `heightFactor`, `widthFactor`; `fillMode` ("reflect"), `fillValue` (0), `interpolation` ("bilinear"), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when a factor is out of range, or there is no
 *   such mode
 * @example
 * const image = input(["batch", 28, 28, 1]);
 * const y = randomTranslation(image, { heightFactor: 0.1, widthFactor: 0.1 }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function randomTranslation<const H extends Factor, const W extends Factor>(
  options: RandomTranslationOptions<H, W>,
): Layer<KeepImages<"randomTranslation">>;
export function randomTranslation<
  const S extends Shape,
  D extends DType,
  const H extends Factor,
  const W extends Factor,
>(x: Tensor<S, D> & CheckPhotos<"randomTranslation", S, D>, options: RandomTranslationOptions<H, W>): Tensor<S, D>;
export function randomTranslation(...args: readonly unknown[]) {
  return layerOf(randomTranslationLayer, args);
}

const rules: OptionRules<RandomTranslationOptions> = {
  heightFactor: required(oneOrTwo(signedShare)),
  widthFactor: required(oneOrTwo(signedShare)),
  ...movedImages,
};

export const randomTranslationLayer = augmentation("randomTranslation", rules, (images, options) => {
  const { height, width } = sizesOf(images);
  const down = multiply(drawn(images, 3, boundsOf(options.heightFactor)), height);
  const right = multiply(drawn(images, 3, boundsOf(options.widthFactor)), width);
  const { x, y } = pixels(images);
  return sampled(images, { x: subtract(x, right), y: subtract(y, down) }, samplingOf(options));
});
