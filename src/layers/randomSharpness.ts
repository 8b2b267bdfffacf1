import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import type { CheckShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, probability, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { constant } from "../ops/constant.js";
import { divide } from "../ops/divide.js";
import { multiply } from "../ops/multiply.js";
import { pad } from "../ops/pad.js";
import type { Any } from "../ops/shared/composite.js";
import { subtract } from "../ops/subtract.js";
import type { Dim, Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { cropped } from "./augmentation/windows.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomSharpness`. */
export interface RandomSharpnessOptions<F extends Factor = Factor> extends ValueRangeOptions {
  /** From 0, smoothed, by 0.5, as it is, to 1, sharpened: drawn up to this number, or between two. */
  readonly factor: F & CheckShares<"randomSharpness", "factor", F>;
}

/**
 * In training, smooths images or makes them sharper: the way from what is smoothed to the image is gone by twice a number, which is drawn
 * anew in each step. In evaluation and prediction, leaves images as they are. Keras's `RandomSharpness`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor`; `valueRange` ([0, 255], in which the result is held), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomSharpness(image, { factor: [0.3, 0.7], valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomSharpness<const F extends Factor>(
  options: RandomSharpnessOptions<F>,
): Layer<KeepImages<"randomSharpness">>;
export function randomSharpness<const S extends Shape, D extends DType, const F extends Factor>(
  x: Tensor<S, D> & CheckPhotos<"randomSharpness", S, D>,
  options: RandomSharpnessOptions<F>,
): Tensor<S, D>;
export function randomSharpness(...args: readonly unknown[]) {
  return layerOf(randomSharpnessLayer, args);
}

const rules: OptionRules<RandomSharpnessOptions> = { factor: required(oneOrTwo(probability)), ...valueRangeRules };

export const randomSharpnessLayer = augmentation("randomSharpness", rules, (images, options) => {
  const smooth = smoothed(images);
  const sharpness = multiply(drawn(images, 4, boundsOf(options.factor, 0)), 2);
  return inRange(add(smooth, multiply(sharpness, subtract(images, smooth) as Any)), rangeOf(options));
});

/** Each pixel with its neighbours, weighted 5 : 1; beyond the edges there is 0. */
function smoothed(images: Any): Any {
  const [, height, width] = nodeOf(images).shape as readonly Dim[];
  const wide: Any = pad(images, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ] as never);
  const at = (x: number, y: number): Any =>
    cropped(wide, { x: constant(x) as Any, y: constant(y) as Any }, [height!, width!]);
  const all = [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => at(x, y))).reduce((a, b) => add(a, b) as Any);
  return divide(add(all, multiply(images, 4)) as Any, 13);
}
