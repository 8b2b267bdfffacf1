import type { DType } from "../ir/dtype.js";
import { currentPlace, within } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import { floor } from "../ops/floor.js";
import { multiply } from "../ops/multiply.js";
import type { ResizeImages } from "../ops/resizeImages.js";
import type { Any } from "../ops/shared/composite.js";
import { sizesOf } from "../ops/shared/windows/pixels.js";
import { count } from "../ops/shared/windows/sampled.js";
import { subtract } from "../ops/subtract.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckPhotos, checkPhotos } from "./augmentation/augmentation.js";
import {
  cropped,
  fitted,
  sizeOf,
  type WindowOptions,
  type WindowRule,
  whereLarge,
  windowRules,
} from "./augmentation/windows.js";
import { type LayerKind, layerOf, type Waiting } from "./layer.js";

/** Options of `centerCrop`. */
export type CenterCropOptions<H extends Dim, W extends Dim> = WindowOptions<"centerCrop", H, W>;

/** The shape rule of `centerCrop` in `sequential`. */
export type CenterCropRule<H extends Dim, W extends Dim> = WindowRule<"centerCrop", H, W>;

/**
 * The window in the middle of images; where they are smaller, the largest one that has the same shape, resized. Keras's `CenterCrop`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `height`, `width`; `name`
 * @returns [batch, height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when a size is none
 * @example
 * const y = centerCrop(input(["batch", 32, 32, 3]), { height: 28, width: 28 }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function centerCrop<const H extends Dim, const W extends Dim, Now extends "now" = "now">(
  options: CenterCropOptions<H, W>,
): Waiting<CenterCropRule<H, W>, Now>;
export function centerCrop<
  const S extends Shape,
  D extends DType,
  const H extends Dim,
  const W extends Dim,
  Now extends "now" = "now",
>(
  x: Tensor<S, D> & CheckPhotos<"centerCrop", S, D>,
  options: CenterCropOptions<H, W>,
): Tensor<{ now: ResizeImages<S, NoInfer<H>, NoInfer<W>> }[Now]>;
export function centerCrop(...args: readonly unknown[]) {
  return layerOf(centerCropLayer, args);
}

const centerCropLayer: LayerKind<WindowOptions<string, Dim, Dim>> = {
  kind: "centerCrop",
  rules: windowRules,
  build(images, options, { scope }) {
    checkPhotos("centerCrop", images);
    const size = sizeOf("centerCrop", options);
    return within({ ...currentPlace(), scope }, () => {
      const own = sizesOf(images);
      const first = (length: Any, wanted: Dim): Any =>
        floor(multiply(subtract(length, count(wanted)) as Any, 0.5) as Any);
      const middle = () => cropped(images, { x: first(own.width, size[1]), y: first(own.height, size[0]) }, size);
      return whereLarge(images, size, middle, () => fitted(images, size));
    });
  },
};
