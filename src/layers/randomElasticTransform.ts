import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { type CheckShares, oneOrTwo } from "../ir/oneOrTwo.js";
import { float32, type OptionRules, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { abs } from "../ops/abs.js";
import { places } from "../ops/arange.js";
import { cast } from "../ops/cast.js";
import { divide } from "../ops/divide.js";
import { exp } from "../ops/exp.js";
import { expandDims } from "../ops/expandDims.js";
import { floor } from "../ops/floor.js";
import { less } from "../ops/less.js";
import { lessEqual } from "../ops/lessEqual.js";
import { matmul } from "../ops/matmul.js";
import { max } from "../ops/max.js";
import { maximum } from "../ops/maximum.js";
import { minimum } from "../ops/minimum.js";
import { multiply } from "../ops/multiply.js";
import { randomNormalOp } from "../ops/randomNormal.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { aCoordinatesFillMode, type CoordinatesFillMode } from "../ops/shared/windows/coordinates.js";
import { displaced } from "../ops/shared/windows/displaced.js";
import { sizesOf } from "../ops/shared/windows/pixels.js";
import { aSamplingInterpolation, type SamplingInterpolation } from "../ops/shared/windows/sampled.js";
import { square } from "../ops/square.js";
import { stepKey } from "../ops/stepKey.js";
import { subtract } from "../ops/subtract.js";
import { sum } from "../ops/sum.js";
import type { Dim, Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomElasticTransform`. */
export interface RandomElasticTransformOptions<F extends Factor = Factor, V extends Factor = Factor>
  extends ValueRangeOptions {
  /** How probable it is that an image is pulled about, from 0 to 1: up to so much, or between two bounds. @default 1 */
  readonly factor?: F & CheckShares<"randomElasticTransform", "factor", F>;
  /** How much, from 0 to 1: up to so much, or between two bounds. @default 1 */
  readonly scale?: V & CheckShares<"randomElasticTransform", "scale", V>;
  /** Whether places between pixels are `"bilinear"`, a mean of the four around, or `"nearest"`, one of them. @default "bilinear" */
  readonly interpolation?: SamplingInterpolation;
  /**
   * What comes in from outside: `"reflect"`, the pixels from the edge back (`dcba|abcd|dcba`); `"mirror"`, without the one of the edge
   * (`dcb|abcd|cba`); `"wrap"`, those from the other edge on; `"nearest"`, the one of the edge; `"constant"`, `fillValue`.
   *
   * @default "reflect"
   */
  readonly fillMode?: CoordinatesFillMode;
  /** What comes in from outside with `"constant"`. @default 0 */
  readonly fillValue?: number;
}

/**
 * In training, pulls some images about like rubber, as `elasticTransform` does: of an s that is drawn for each image, noise is smeared with a
 * standard deviation of 0.05·s of the shorter side, and counts 0.1·s of the longer one; all is drawn anew in each step. In evaluation and
 * prediction, leaves images as they are. Keras's `RandomElasticTransform`, which draws one s for all images of a batch.
 * Source: Simard et al., "Best practices for convolutional neural networks applied to visual document analysis" (2003).
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor` (1), `scale` (1), `interpolation` ("bilinear"), `fillMode` ("reflect"), `fillValue` (0), `valueRange` ([0, 255], in
 *   which the result is held), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 1]);
 * const y = randomElasticTransform(image, { factor: 0.5, valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function randomElasticTransform<const F extends Factor = Factor, const V extends Factor = Factor>(
  options?: RandomElasticTransformOptions<F, V>,
): Layer<KeepImages<"randomElasticTransform">>;
export function randomElasticTransform<
  const S extends Shape,
  D extends DType,
  const F extends Factor = Factor,
  const V extends Factor = Factor,
>(
  x: Tensor<S, D> & CheckPhotos<"randomElasticTransform", S, D>,
  options?: RandomElasticTransformOptions<F, V>,
): Tensor<S, D>;
export function randomElasticTransform(...args: readonly unknown[]) {
  return layerOf(randomElasticTransformLayer, args);
}

const rules: OptionRules<RandomElasticTransformOptions> = {
  factor: oneOrTwo(probability),
  scale: oneOrTwo(probability),
  interpolation: aSamplingInterpolation,
  fillMode: aCoordinatesFillMode,
  fillValue: float32,
  ...valueRangeRules,
};

const randomElasticTransformLayer = augmentation("randomElasticTransform", rules, (images, options) => {
  const { factor = 1, scale = 1, interpolation = "bilinear", fillMode = "reflect", fillValue = 0 } = options;
  const [amounts, chances] = [boundsOf(scale, 0), boundsOf(factor, 0)];
  if (amounts[1] === 0 || chances[1] === 0) return images;
  const { height, width } = sizesOf(images);
  const amount = drawn(images, 3, amounts);
  const alpha: Any = multiply(amount, multiply(maximum(height, width), 0.1) as Any);
  const sigma: Any = multiply(amount, multiply(minimum(height, width), 0.05) as Any);
  const [, high, wide] = nodeOf(images).shape as readonly Dim[];
  const [smearedDown, smearedAcross] = [smearing(high!, sigma), smearing(wide!, sigma)];
  const away = (): Any => {
    const large: Any = multiply(noise(images), multiply(sigma, alpha) as Any);
    return expandDims(matmul(matmul(smearedDown, large) as never, smearedAcross as never) as Any, -1);
  };
  const moved = displaced(images, { down: away(), across: away() }, { interpolation, fillMode, fillValue });
  const isMoved: Tensor<any, "bool"> = less(drawn(images, 4, [0, 1]), drawn(images, 4, chances));
  return inRange(select(isMoved, moved, images) as Any, rangeOf(options));
});

/**
 * How much each of so many pixels in a row counts for each, [batch, size, size], for deviations [batch, 1, 1]: exp(-distance² / 2σ²) up to
 * a distance of 3·⌊σ⌋, of which a row in the middle adds up to 1.
 */
function smearing(size: Dim, sigma: Any): Any {
  const place: Any = cast(tensorOf(places(size)), "float32");
  const distance: Any = abs(subtract(place, expandDims(place, -1)) as Any);
  const bell: Any = exp(multiply(square(divide(distance, maximum(sigma, 1e-6) as Any) as Any) as Any, -0.5) as Any);
  const weights: Any = select(lessEqual(distance, multiply(floor(sigma), 3)) as never, bell, 0);
  const whole: Any = max(sum(weights, { axis: -1, keepDims: true }) as Any, { axis: 1, keepDims: true });
  return divide(weights, whole);
}

/** A normal number for each pixel, [batch, height, width]. */
function noise(images: Any): Any {
  const shape = nodeOf(images).shape.slice(0, 3);
  return tensorOf(makeNode(randomNormalOp, [nodeOf(stepKey())], { shape }));
}
