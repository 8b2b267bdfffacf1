import type { DType } from "../ir/dtype.js";
import { type OptionRules, oneOf } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { flip } from "../ops/flip.js";
import { lessEqual } from "../ops/lessEqual.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { type Layer, layerOf, type NamedLayer, named } from "./layer.js";

/** In which directions `randomFlip` flips. */
export type FlipMode = "horizontal" | "vertical" | "horizontalAndVertical";

/** Options of `randomFlip`. */
export interface RandomFlipOptions extends NamedLayer {
  /** `"horizontal"` exchanges left and right, `"vertical"` top and bottom. @default "horizontalAndVertical" */
  readonly mode?: FlipMode;
}

/**
 * In training, flips each image or does not, in each direction with probability 1/2: drawn anew in each step. In evaluation and
 * prediction, leaves images as they are. Keras's `RandomFlip`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `mode` ("horizontalAndVertical"), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when there is no such mode
 * @example
 * const y = randomFlip(input(["batch", 28, 28, 1]), { mode: "horizontal" }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function randomFlip(options?: RandomFlipOptions): Layer<KeepImages<"randomFlip">>;
export function randomFlip<const S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckPhotos<"randomFlip", S, D>,
  options?: RandomFlipOptions,
): Tensor<S, D>;
export function randomFlip(...args: readonly unknown[]) {
  return layerOf(randomFlipLayer, args);
}

const modes: readonly FlipMode[] = ["horizontal", "vertical", "horizontalAndVertical"];
const rules: OptionRules<RandomFlipOptions> = { mode: oneOf(modes), ...named };

const randomFlipLayer = augmentation("randomFlip", rules, (images, { mode = "horizontalAndVertical" }) => {
  const across = mode === "vertical" ? images : perhapsFlipped(images, 2);
  return mode === "horizontal" ? across : perhapsFlipped(across, 1);
});

function perhapsFlipped(images: Any, axis: 1 | 2): Any {
  return select(lessEqual(drawn(images, 4, [0, 1]), 0.5), flip(images, axis), images);
}
