import type { DType } from "../ir/dtype.js";
import type { CheckBitCounts } from "../ir/oneOrTwo.js";
import { type OptionRules, required } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { cast } from "../ops/cast.js";
import { constant } from "../ops/constant.js";
import { divide } from "../ops/divide.js";
import { floor } from "../ops/floor.js";
import { gather } from "../ops/gather.js";
import { minimum } from "../ops/minimum.js";
import { multiply } from "../ops/multiply.js";
import type { Any } from "../ops/shared/composite.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import type { Factor } from "./augmentation/factor.js";
import { aBitCount, boundsOf } from "./augmentation/factor.js";
import { rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomPosterization`. */
export interface RandomPosterizationOptions<F extends Factor = Factor> extends ValueRangeOptions {
  /** How many of 8 bits each number keeps: so many, or between two numbers, both among them. */
  readonly factor: F & CheckBitCounts<"randomPosterization", "factor", F>;
}

/**
 * In training, leaves fewer steps of brightness: of the 8 bits of each number, the first ones. Of two numbers, how many is drawn anew for
 * each image in each step. In evaluation and prediction, leaves images as they are. Keras's `RandomPosterization`; one number is the
 * number of bits, as Keras's documentation has it.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor`, from 1 to 8; `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomPosterization(image, { factor: [3, 5], valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomPosterization<const F extends Factor>(
  options: RandomPosterizationOptions<F>,
): Layer<KeepImages<"randomPosterization">>;
export function randomPosterization<const S extends Shape, D extends DType, const F extends Factor>(
  x: Tensor<S, D> & CheckPhotos<"randomPosterization", S, D>,
  options: RandomPosterizationOptions<F>,
): Tensor<S, D>;
export function randomPosterization(...args: readonly unknown[]) {
  return layerOf(randomPosterizationLayer, args);
}

const rules: OptionRules<RandomPosterizationOptions> = { factor: required(aBitCount), ...valueRangeRules };

/** What is left of 256 steps, by how many bits are kept. */
const stepSizes = [256, 128, 64, 32, 16, 8, 4, 2, 1];

export const randomPosterizationLayer = augmentation("randomPosterization", rules, (images, options) => {
  const { factor } = options;
  const [low, high] = rangeOf(options);
  const [few, many] = typeof factor === "number" ? [factor, factor] : boundsOf(factor);
  const bits: Any = minimum(floor(drawn(images, 4, [few, many + 1])) as Any, many);
  const step: Any = gather(constant(stepSizes), cast(bits, "int32") as Tensor<any, "int32">);
  const bytes: Any = floor(multiply(divide(subtract(images, low) as Any, high - low) as Any, 255) as Any);
  const kept: Any = multiply(floor(divide(bytes, step) as Any) as Any, step);
  return add(multiply(divide(kept, 255) as Any, high - low) as Any, low);
});
