import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import { type CheckOddCounts, type CheckShares, type OneOrTwo, oneOrTwo } from "../ir/oneOrTwo.js";
import { type OptionRules, oddCount, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { constant } from "../ops/constant.js";
import { divide } from "../ops/divide.js";
import { exp } from "../ops/exp.js";
import { less } from "../ops/less.js";
import { multiply } from "../ops/multiply.js";
import { pad } from "../ops/pad.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { square } from "../ops/square.js";
import type { Dim, Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { cropped } from "./augmentation/windows.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomGaussianBlur`. */
export interface RandomGaussianBlurOptions<
  F extends Factor = Factor,
  K extends OneOrTwo = OneOrTwo,
  V extends Factor = Factor,
> extends ValueRangeOptions {
  /** How probable it is that an image is smeared, from 0 to 1: up to so much, or between two bounds. @default 1 */
  readonly factor?: F & CheckShares<"randomGaussianBlur", "factor", F>;
  /** How many pixels are looked at around each one, an odd number: one, or [along the width, along the height]. @default 3 */
  readonly kernelSize?: K & CheckOddCounts<"randomGaussianBlur", "kernelSize", K>;
  /** How far pixels are smeared, as the standard deviation in pixels, from 0 to 1: up to so much, or between two bounds. @default 1 */
  readonly sigma?: V & CheckShares<"randomGaussianBlur", "sigma", V>;
}

/**
 * In training, smears some images: each pixel becomes a mean of those around it, weighted by exp(-distance² / 2σ²), where σ is drawn for each image,
 * across and down, anew in each step. Beyond the edges there is 0. In evaluation and prediction, leaves images as they are. Keras's
 * `RandomGaussianBlur`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor` (1), `kernelSize` (3), `sigma` (1), `valueRange` ([0, 255], in which the result is held), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomGaussianBlur(image, { factor: 0.5, kernelSize: 5, valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomGaussianBlur<const F extends Factor, const K extends OneOrTwo, const V extends Factor>(
  options?: RandomGaussianBlurOptions<F, K, V>,
): Layer<KeepImages<"randomGaussianBlur">>;
export function randomGaussianBlur<
  const S extends Shape,
  D extends DType,
  const F extends Factor,
  const K extends OneOrTwo,
  const V extends Factor,
>(
  x: Tensor<S, D> & CheckPhotos<"randomGaussianBlur", S, D>,
  options?: RandomGaussianBlurOptions<F, K, V>,
): Tensor<S, D>;
export function randomGaussianBlur(...args: readonly unknown[]) {
  return layerOf(randomGaussianBlurLayer, args);
}

const rules: OptionRules<RandomGaussianBlurOptions> = {
  factor: oneOrTwo(probability),
  kernelSize: oneOrTwo(oddCount),
  sigma: oneOrTwo(probability),
  ...valueRangeRules,
};

const randomGaussianBlurLayer = augmentation("randomGaussianBlur", rules, (images, options) => {
  const { factor = 1, kernelSize = 3, sigma = 1 } = options;
  const [wide, high] = [kernelSize, kernelSize].flat() as [number, number];
  const deviation = () => add(drawn(images, 4, boundsOf(sigma, 0)), 1e-6) as Any;
  const [across, down] = [deviation(), deviation()];
  const blurred = smeared(smeared(images, 2, wide, across), 1, high, down);
  const isBlurred: Tensor<any, "bool"> = less(drawn(images, 4, [0, 1]), drawn(images, 4, boundsOf(factor, 0)));
  return inRange(select(isBlurred, blurred, images) as Any, rangeOf(options));
});

/** Images with each pixel weighted with its neighbours along an axis, by a deviation for each image, [batch, 1, 1, 1]. */
function smeared(images: Any, axis: 1 | 2, size: number, deviation: Any): Any {
  const [, height, width] = nodeOf(images).shape as readonly Dim[];
  const beyond = (size - 1) / 2;
  const wide: Any = pad(images, [1, 2, 3, 4].map((_, i) => (i === axis ? [beyond, beyond] : [0, 0])) as never);
  const places = Array.from({ length: size }, (_, i) => i);
  const weights = places.map(
    (i): Any => exp(multiply(square(divide(constant(i - beyond) as Any, deviation) as Any) as Any, -0.5) as Any),
  );
  const weighted = places.map((i): Any => {
    const origin = { x: constant(axis === 2 ? i : 0) as Any, y: constant(axis === 1 ? i : 0) as Any };
    return multiply(cropped(wide, origin, [height!, width!]), weights[i]!);
  });
  const sum = (all: readonly Any[]) => all.reduce((a, b) => add(a, b) as Any);
  return divide(sum(weighted), sum(weights));
}
