import type { DType } from "../ir/dtype.js";
import type { CheckProbability } from "../ir/option-checks.js";
import type { OptionRules } from "../ir/options.js";
import { probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { less } from "../ops/less.js";
import { select } from "../ops/select.js";
import type { Shape } from "../types/dim.js";
import { type CheckColours, colourAugmentation, type KeepColours, luminance } from "./augmentation/colours.js";
import { drawn } from "./augmentation/drawn.js";
import { type Layer, layerOf, type NamedLayer, named } from "./layer.js";

/** Options of `randomGrayscale`. */
export interface RandomGrayscaleOptions<F extends number = number> extends NamedLayer {
  /** The probability with which an image becomes grey. @default 0.5 */
  readonly factor?: F & CheckProbability<"randomGrayscale", "factor", F>;
}

/**
 * In training, makes some images grey, in three equal channels. Which, is drawn anew in each step. In evaluation and prediction, leaves images
 * as they are. Keras's `RandomGrayscale`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor` (0.5), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images of 3 channels, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomGrayscale(image, { factor: 0.2 }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomGrayscale<const F extends number = number>(
  options?: RandomGrayscaleOptions<F>,
): Layer<KeepColours<"randomGrayscale">>;
export function randomGrayscale<const S extends Shape, D extends DType, const F extends number = number>(
  x: Tensor<S, D> & CheckColours<"randomGrayscale", S, D>,
  options?: RandomGrayscaleOptions<F>,
): Tensor<S, D>;
export function randomGrayscale(...args: readonly unknown[]) {
  return layerOf(randomGrayscaleLayer, args);
}

const rules: OptionRules<RandomGrayscaleOptions> = { factor: probability, ...named };

const randomGrayscaleLayer = colourAugmentation("randomGrayscale", rules, (images, { factor = 0.5 }) => {
  const isGrey: Tensor<any, "bool"> = less(drawn(images, 4, [0, 1]), factor);
  return select(isGrey, luminance(images), images);
});
