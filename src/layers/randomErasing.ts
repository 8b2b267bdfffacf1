import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckShares } from "../ir/oneOrTwo.js";
import { oneOrTwo } from "../ir/oneOrTwo.js";
import { float32, type OptionRules, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { constant } from "../ops/constant.js";
import { expandDims } from "../ops/expandDims.js";
import { greaterEqual } from "../ops/greaterEqual.js";
import { less } from "../ops/less.js";
import { logicalAnd } from "../ops/logicalAnd.js";
import { multiply } from "../ops/multiply.js";
import { randomNormalOp } from "../ops/randomNormal.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { pixels, sizesOf } from "../ops/shared/windows/pixels.js";
import { sqrt } from "../ops/sqrt.js";
import { stepKey } from "../ops/stepKey.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { type Bounds, drawn } from "./augmentation/drawn.js";
import { aPair, boundsOf, type Factor } from "./augmentation/factor.js";
import { inRange, rangeOf, type ValueRangeOptions, valueRangeRules } from "./augmentation/value-range.js";
import { type Layer, layerOf } from "./layer.js";

/** Options of `randomErasing`. */
export interface RandomErasingOptions<F extends Factor = Factor> extends ValueRangeOptions {
  /** How probable it is that an image loses a part, from 0 to 1: up to so much, or between two bounds. @default 1 */
  readonly factor?: F & CheckShares<"randomErasing", "factor", F>;
  /** How large a part is: between which parts of the image's area it lies, where it is a square's. @default [0.02, 0.33] */
  readonly scale?: Bounds;
  /** What comes in its place: noise, unless said otherwise. */
  readonly fillValue?: number;
}

/**
 * In training, puts a rectangle of noise or of one value somewhere into each image (cut-out): drawn anew in each step. In evaluation and
 * prediction, leaves images as they are. Keras's `RandomErasing`.
 * Source: Zhong et al., "Random erasing data augmentation" (2017).
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor` (1), `scale` ([0.02, 0.33]), `fillValue` (noise), `valueRange` ([0, 255]), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 1]);
 * const y = randomErasing(image, { fillValue: 0, valueRange: [0, 1] }); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function randomErasing<const F extends Factor = Factor>(
  options?: RandomErasingOptions<F>,
): Layer<KeepImages<"randomErasing">>;
export function randomErasing<const S extends Shape, D extends DType, const F extends Factor = Factor>(
  x: Tensor<S, D> & CheckPhotos<"randomErasing", S, D>,
  options?: RandomErasingOptions<F>,
): Tensor<S, D>;
export function randomErasing(...args: readonly unknown[]) {
  return layerOf(randomErasingLayer, args);
}

const rules: OptionRules<RandomErasingOptions> = {
  factor: oneOrTwo(probability),
  scale: aPair({ takes: "from 0 to 1", accepts: oneOrTwo(probability).accepts }),
  fillValue: float32,
  ...valueRangeRules,
};

const randomErasingLayer = augmentation("randomErasing", rules, (images, options) => {
  const { factor = 1, scale = [0.02, 0.33] } = options;
  const sizes = sizesOf(images);
  const { x, y } = pixels(images);
  const isAcross = between(images, x, sizes.width, boundsOf(scale, 0));
  const isDown = between(images, y, sizes.height, boundsOf(scale, 0));
  const isErased: Tensor<any, "bool"> = less(drawn(images, 3, [0, 1]), drawn(images, 3, boundsOf(factor, 0)));
  const isHidden = logicalAnd(logicalAnd(isAcross, isDown) as Tensor<any, "bool">, isErased) as Tensor<any, "bool">;
  return select(expandDims(isHidden, -1), filling(images, options), images);
});

/** Which places along an axis lie in a part of it of the width and at the place that are drawn for each image. */
function between(images: Any, place: Any, size: Any, scale: Bounds): Tensor<any, "bool"> {
  const width: Any = multiply(sqrt(drawn(images, 3, scale)), size);
  const first: Any = multiply(drawn(images, 3, [0, 1]), subtract(size, width) as Any);
  return logicalAnd(greaterEqual(place, first), less(place, add(first, width) as Any));
}

function filling(images: Any, options: RandomErasingOptions): Any {
  const range = rangeOf(options);
  if (options.fillValue !== undefined) return inRange(constant(options.fillValue), range);
  const { shape } = nodeOf(images);
  const noise: Any = tensorOf(makeNode(randomNormalOp, [nodeOf(stepKey())], { shape }));
  return inRange(multiply(noise, range[1]), range);
}
