import type { DType } from "../ir/dtype.js";
import type { CheckShares, CheckSignedShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import type { OptionRules } from "../ir/options.js";
import { probability, signedShare } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import type { Any } from "../ops/shared/composite.js";
import type { Shape } from "../types/dim.js";
import { type CheckColours, colourAugmentation, type KeepColours } from "./augmentation/colours.js";
import type { Factor } from "./augmentation/factor.js";
import { type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";
import { randomBrightness } from "./randomBrightness.js";
import { randomContrast } from "./randomContrast.js";
import { randomHue } from "./randomHue.js";
import { randomSaturation } from "./randomSaturation.js";

/** Options of `randomColorJitter`. */
export interface RandomColorJitterOptions<
  B extends Factor = Factor,
  C extends Factor = Factor,
  F extends Factor = Factor,
  H extends Factor = Factor,
> extends ValueRangeOptions {
  /** What `randomBrightness` takes: from -1 to 1. It stays, unless said otherwise. */
  readonly brightnessFactor?: B & CheckSignedShares<"randomColorJitter", "brightnessFactor", B>;
  /** What `randomContrast` takes: from 0 to 1. */
  readonly contrastFactor?: C & CheckShares<"randomColorJitter", "contrastFactor", C>;
  /** What `randomSaturation` takes: from 0 to 1. */
  readonly saturationFactor?: F & CheckShares<"randomColorJitter", "saturationFactor", F>;
  /** What `randomHue` takes: from 0 to 1. */
  readonly hueFactor?: H & CheckShares<"randomColorJitter", "hueFactor", H>;
}

/**
 * In training, changes the brightness, the contrast, the saturation and the hue of each image, in this order, those that have a factor: by
 * numbers that are drawn anew in each step. In evaluation and prediction, leaves images as they are. Keras's `RandomColorJitter`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `brightnessFactor`, `contrastFactor`, `saturationFactor`, `hueFactor`; `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images of 3 channels, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomColorJitter(image, { brightnessFactor: 0.2, hueFactor: 0.1 }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomColorJitter<
  const B extends Factor,
  const C extends Factor,
  const F extends Factor,
  const H extends Factor,
>(options?: RandomColorJitterOptions<B, C, F, H>): Layer<KeepColours<"randomColorJitter">>;
export function randomColorJitter<
  const S extends Shape,
  D extends DType,
  const B extends Factor,
  const C extends Factor,
  const F extends Factor,
  const H extends Factor,
>(
  x: Tensor<S, D> & CheckColours<"randomColorJitter", S, D>,
  options?: RandomColorJitterOptions<B, C, F, H>,
): Tensor<S, D>;
export function randomColorJitter(...args: readonly unknown[]) {
  return layerOf(randomColorJitterLayer, args);
}

const rules: OptionRules<RandomColorJitterOptions> = {
  brightnessFactor: oneOrTwo(signedShare),
  contrastFactor: oneOrTwo(probability),
  saturationFactor: oneOrTwo(probability),
  hueFactor: oneOrTwo(probability),
  ...valueRangeRules,
};

const randomColorJitterLayer = colourAugmentation("randomColorJitter", rules, (images, options) => {
  const { brightnessFactor, contrastFactor, saturationFactor, hueFactor, valueRange = [0, 255] } = options;
  let jittered: Any = images;
  const change = (factor: Factor | undefined, by: (x: any, options: any) => Any) => {
    if (factor !== undefined) jittered = by(jittered, { factor, valueRange });
  };
  change(brightnessFactor, randomBrightness);
  change(contrastFactor, randomContrast);
  change(saturationFactor, randomSaturation);
  change(hueFactor, randomHue);
  return jittered;
});
