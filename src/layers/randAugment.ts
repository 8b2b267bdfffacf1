import { foriLoop } from "../control/foriLoop.js";
import type { DType } from "../ir/dtype.js";
import { type CheckShares, oneOrTwo } from "../ir/oneOrTwo.js";
import type { CheckCount } from "../ir/option-checks.js";
import { count, type OptionRules, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Any } from "../ops/shared/composite.js";
import { aSamplingInterpolation, type SamplingInterpolation } from "../ops/shared/windows/sampled.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { changedBy, changesOf, colourChangesOf, numbersOf } from "./augmentation/changes.js";
import type { Factor } from "./augmentation/factor.js";
import { rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randAugment`. */
export interface RandAugmentOptions<N extends number = number, F extends Factor = Factor> extends ValueRangeOptions {
  /** How many changes are made, one after the other. @default 2 */
  readonly numOps?: N & CheckCount<"randAugment", "numOps", N>;
  /** How strong changes are, from 0 to 1: up to so much, or between two bounds. @default 0.5 */
  readonly factor?: F & CheckShares<"randAugment", "factor", F>;
  /** Whether places between pixels are `"bilinear"`, a mean of the four around, or `"nearest"`, one of them. @default "bilinear" */
  readonly interpolation?: SamplingInterpolation;
}

/**
 * In training, changes images in some ways one after the other, each drawn in each step among `randomShear`, `randomTranslation`, `randomRotation`,
 * `randomBrightness`, `randomColorDegeneration`, `randomContrast`, `randomSharpness`, `randomPosterization`, `solarization`, `autoContrast` and
 * `equalization`: the same ways for all images of a step, by how much for each. In evaluation and prediction, leaves images as they are.
 * Keras's `RandAugment`.
 * Source: Cubuk et al., "RandAugment: practical automated data augmentation with a reduced search space" (2019).
 *
 * @param x [batch, height, width, channels], float32: of three channels, red, green and blue, colours change, too
 * @param options `numOps` (2), `factor` (0.5), `interpolation` ("bilinear"), `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randAugment(image, { numOps: 3, factor: 0.3, valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randAugment<const N extends number = number, const F extends Factor = Factor>(
  options?: RandAugmentOptions<N, F>,
): Layer<KeepImages<"randAugment">>;
export function randAugment<
  const S extends Shape,
  D extends DType,
  const N extends number = number,
  const F extends Factor = Factor,
>(x: Tensor<S, D> & CheckPhotos<"randAugment", S, D>, options?: RandAugmentOptions<N, F>): Tensor<S, D>;
export function randAugment(...args: readonly unknown[]) {
  return layerOf(randAugmentLayer, args);
}

const rules: OptionRules<RandAugmentOptions> = {
  numOps: count,
  factor: oneOrTwo(probability),
  interpolation: aSamplingInterpolation,
  ...valueRangeRules,
};

const randAugmentLayer = augmentation("randAugment", rules, (images, options) => {
  const { numOps = 2, factor = 0.5, interpolation = "bilinear" } = options;
  const strength = { factor, interpolation, valueRange: rangeOf(options) };
  const changes = [...changesOf(strength), ...colourChangesOf(strength)];
  const numbers = numbersOf(numOps, changes);
  // A loop, so that what each way computes stands in the graph once.
  return foriLoop(0, numOps as number, (i, x: Any) => changedBy(x, numbers, i, changes), images);
});
