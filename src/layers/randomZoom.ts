import type { DType } from "../ir/dtype.js";
import type { CheckSignedShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, required, signedShare } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { multiply } from "../ops/multiply.js";
import type { Any } from "../ops/shared/composite.js";
import { pixels, sizesOf } from "../ops/shared/windows/pixels.js";
import { sampled } from "../ops/shared/windows/sampled.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { type MovedImagesOptions, movedImages, samplingOf } from "./augmentation/moved-images.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomZoom`. */
export interface RandomZoomOptions<H extends Factor = Factor, W extends Factor = Factor> extends MovedImagesOptions {
  /**
   * How much more of the height is seen: up to so much more or less of it, or between two bounds. From -1 to 1, where what is above 0 makes
   * what is seen smaller, and what is below 0 larger.
   */
  readonly heightFactor: H & CheckSignedShares<"randomZoom", "heightFactor", H>;
  /** The same of the width: as much as of the height, unless said otherwise. */
  readonly widthFactor?: W & CheckSignedShares<"randomZoom", "widthFactor", W>;
}

/**
 * In training, makes what each image shows larger or smaller, around its middle: drawn anew in each step. In evaluation and prediction,
 * leaves images as they are. Keras's `RandomZoom`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `heightFactor`; `widthFactor`, `fillMode` ("reflect"), `fillValue` (0), `interpolation` ("bilinear"), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when a factor is out of range, or there is no
 *   such mode
 * @example
 * const y = randomZoom(input(["batch", 28, 28, 1]), { heightFactor: 0.1 }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function randomZoom<const H extends Factor, const W extends Factor = Factor>(
  options: RandomZoomOptions<H, W>,
): Layer<KeepImages<"randomZoom">>;
export function randomZoom<
  const S extends Shape,
  D extends DType,
  const H extends Factor,
  const W extends Factor = Factor,
>(x: Tensor<S, D> & CheckPhotos<"randomZoom", S, D>, options: RandomZoomOptions<H, W>): Tensor<S, D>;
export function randomZoom(...args: readonly unknown[]) {
  return layerOf(randomZoomLayer, args);
}

const rules: OptionRules<RandomZoomOptions> = {
  heightFactor: required(oneOrTwo(signedShare)),
  widthFactor: oneOrTwo(signedShare),
  ...movedImages,
};

const randomZoomLayer = augmentation("randomZoom", rules, (images, options) => {
  const { heightFactor, widthFactor } = options;
  const down = zoom(images, heightFactor);
  const across = widthFactor === undefined ? down : zoom(images, widthFactor);
  const { x, y } = pixels(images);
  const { height, width } = sizesOf(images);
  return sampled(images, { x: zoomed(x, across, width), y: zoomed(y, down, height) }, samplingOf(options));
});

/** How much of the images is seen, where 1 is all. */
function zoom(images: Any, factor: Factor): Any {
  const [low, high] = boundsOf(factor);
  return drawn(images, 3, [1 + low, 1 + high]);
}

/** z x + m (1 - z), around the middle m. */
function zoomed(place: Any, by: Any, size: Any): Any {
  const middle: Any = multiply(subtract(size, 1), 0.5);
  return add(multiply(by, place) as Any, multiply(middle, subtract(1, by) as Any) as Any);
}
