import type { DType } from "../ir/dtype.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { floor } from "../ops/floor.js";
import { multiply } from "../ops/multiply.js";
import type { ResizeImages } from "../ops/resizeImages.js";
import type { Any } from "../ops/shared/composite.js";
import { sizesOf } from "../ops/shared/windows/pixels.js";
import { count } from "../ops/shared/windows/sampled.js";
import { subtract } from "../ops/subtract.js";
import type { Dim, Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import {
  cropped,
  fitted,
  sizeOf,
  type WindowOptions,
  type WindowRule,
  whereLarge,
  windowRules,
} from "./augmentation/windows.js";
import { layerOf, type Waiting } from "./layer.js";

/** Options of `randomCrop`. */
export type RandomCropOptions<H extends Dim, W extends Dim> = WindowOptions<"randomCrop", H, W>;

/** The shape rule of `randomCrop` in `sequential`. */
export type RandomCropRule<H extends Dim, W extends Dim> = WindowRule<"randomCrop", H, W>;

/**
 * In training, takes a window of each image at a place that is drawn anew in each step. In evaluation and prediction, and where images are
 * smaller, it gives the largest window in their middle that has the same shape, resized. Keras's `RandomCrop`, which has one place for all
 * images of a step.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `height`, `width`; `name`
 * @returns [batch, height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when a size is none
 * @example
 * const y = randomCrop(input(["batch", 32, 32, 3]), { height: 28, width: 28 }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomCrop<const H extends Dim, const W extends Dim, Now extends "now" = "now">(
  options: RandomCropOptions<H, W>,
): Waiting<RandomCropRule<H, W>, Now>;
export function randomCrop<
  const S extends Shape,
  D extends DType,
  const H extends Dim,
  const W extends Dim,
  Now extends "now" = "now",
>(
  x: Tensor<S, D> & CheckPhotos<"randomCrop", S, D>,
  options: RandomCropOptions<H, W>,
): Tensor<{ now: ResizeImages<S, NoInfer<H>, NoInfer<W>> }[Now]>;
export function randomCrop(...args: readonly unknown[]) {
  return layerOf(randomCropLayer, args);
}

const randomCropLayer = augmentation(
  "randomCrop",
  windowRules,
  (images, options) => {
    const size = sizeOf("randomCrop", options);
    const own = sizesOf(images);
    /** A place between the first and the last where the window fits. */
    const first = (length: Any, wanted: Dim): Any =>
      floor(multiply(drawn(images, 2, [0, 1]), add(subtract(length, count(wanted)) as Any, 1) as Any) as Any);
    const anywhere = () => cropped(images, { x: first(own.width, size[1]), y: first(own.height, size[0]) }, size);
    return whereLarge(images, size, anywhere, () => fitted(images, size));
  },
  (images, options) => fitted(images, sizeOf("randomCrop", options)),
);
