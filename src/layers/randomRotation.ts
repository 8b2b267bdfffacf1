import type { DType } from "../ir/dtype.js";
import type { CheckSignedShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, required, signedShare } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { cos } from "../ops/cos.js";
import { multiply } from "../ops/multiply.js";
import type { Any } from "../ops/shared/composite.js";
import { pixels, sizesOf } from "../ops/shared/windows/pixels.js";
import { sampled } from "../ops/shared/windows/sampled.js";
import { sin } from "../ops/sin.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { type MovedImagesOptions, movedImages, samplingOf } from "./augmentation/moved-images.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomRotation`. */
export interface RandomRotationOptions<F extends Factor = Factor> extends MovedImagesOptions {
  /**
   * How far images are turned, as a part of a whole turn: up to so much in both directions, or between two bounds. From -1 to 1, where
   * what is above 0 is counter-clockwise.
   */
  readonly factor: F & CheckSignedShares<"randomRotation", "factor", F>;
}

/**
 * In training, turns each image around its middle: drawn anew in each step. In evaluation and prediction, leaves images as they are.
 * Keras's `RandomRotation`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor`; `fillMode` ("reflect"), `fillValue` (0), `interpolation` ("bilinear"), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when the factor is out of range, or there is no
 *   such mode
 * @example
 * const y = randomRotation(input(["batch", 28, 28, 1]), { factor: 0.05 }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function randomRotation<const F extends Factor>(
  options: RandomRotationOptions<F>,
): Layer<KeepImages<"randomRotation">>;
export function randomRotation<const S extends Shape, D extends DType, const F extends Factor>(
  x: Tensor<S, D> & CheckPhotos<"randomRotation", S, D>,
  options: RandomRotationOptions<F>,
): Tensor<S, D>;
export function randomRotation(...args: readonly unknown[]) {
  return layerOf(randomRotationLayer, args);
}

const rules: OptionRules<RandomRotationOptions> = { factor: required(oneOrTwo(signedShare)), ...movedImages };

export const randomRotationLayer = augmentation("randomRotation", rules, (images, options) => {
  const [low, high] = boundsOf(options.factor);
  const angle = drawn(images, 3, [low * 2 * Math.PI, high * 2 * Math.PI]);
  const [c, s]: Any[] = [cos(angle), sin(angle)];
  const { x, y } = pixels(images);
  const { height, width } = sizesOf(images);
  const [middleX, middleY]: Any[] = [multiply(subtract(width, 1), 0.5), multiply(subtract(height, 1), 0.5)];
  // Around the middle (m, n): c x - s y + m - c m + s n, and s x + c y + n - s m - c n.
  return sampled(
    images,
    {
      x: add(
        subtract(scaled(c!, x), scaled(s!, y)),
        add(subtract(middleX!, scaled(c!, middleX!)), scaled(s!, middleY!)),
      ),
      y: add(
        add(scaled(s!, x), scaled(c!, y)),
        subtract(subtract(middleY!, scaled(s!, middleX!)), scaled(c!, middleY!)),
      ),
    },
    samplingOf(options),
  );
});

function scaled(a: Any, b: Any): Any {
  return multiply(a, b);
}
