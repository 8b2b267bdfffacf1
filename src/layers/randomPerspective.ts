import type { DType } from "../ir/dtype.js";
import { type CheckShares, oneOrTwo } from "../ir/oneOrTwo.js";
import type { CheckProbability } from "../ir/option-checks.js";
import { float32, type OptionRules, probability } from "../ir/options.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { at } from "../ops/at.js";
import { constant } from "../ops/constant.js";
import { divide } from "../ops/divide.js";
import { expandDims } from "../ops/expandDims.js";
import { greater } from "../ops/greater.js";
import { less } from "../ops/less.js";
import { logicalAnd } from "../ops/logicalAnd.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { onesLike } from "../ops/onesLike.js";
import { perspectiveTransform } from "../ops/perspectiveTransform.js";
import { select } from "../ops/select.js";
import type { Any } from "../ops/shared/composite.js";
import { sizesOf } from "../ops/shared/windows/pixels.js";
import { aSamplingInterpolation, type SamplingInterpolation } from "../ops/shared/windows/sampled.js";
import { stack } from "../ops/stack.js";
import { subtract } from "../ops/subtract.js";
import type { Shape } from "../types/dim.js";
import { augmentation, type CheckPhotos, type KeepImages } from "./augmentation/augmentation.js";
import { drawn, drawnOf } from "./augmentation/drawn.js";
import { boundsOf, type Factor } from "./augmentation/factor.js";
import { type Layer, layerOf, type NamedLayer, named } from "./layer.js";

/** Options of `randomPerspective`. */
export interface RandomPerspectiveOptions<F extends Factor = Factor, V extends number = number> extends NamedLayer {
  /** How probable it is that an image is seen from another side, from 0 to 1: up to so much, or between two bounds. @default 1 */
  readonly factor?: F & CheckShares<"randomPerspective", "factor", F>;
  /** How far corners are moved, from 0 to 1: by up to half of it, as a part of the height and the width. @default 1 */
  readonly scale?: V & CheckProbability<"randomPerspective", "scale", V>;
  /** What comes in from outside. @default 0 */
  readonly fillValue?: number;
  /** Whether places between pixels are `"bilinear"`, a mean of the four around, or `"nearest"`, one of them. @default "bilinear" */
  readonly interpolation?: SamplingInterpolation;
}

/**
 * In training, shows some images as seen from another side: as in Keras, the corner at (0, 0) stays, the two beside it are moved along their
 * edges, and the one across in both directions, by numbers that are drawn anew in each step. An image whose corners would be folded over one
 * another stays. In evaluation and prediction, leaves images as they are. Keras's `RandomPerspective`.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `factor` (1), `scale` (1), `fillValue` (0), `interpolation` ("bilinear"), `name`
 * @returns the same shape; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images, SW_DTYPE when it is not float32; SW_VALUE when an option is out of range
 * @example
 * const image = input(["batch", 28, 28, 3]);
 * const y = randomPerspective(image, { factor: 0.5, scale: 0.3 }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function randomPerspective<const F extends Factor = Factor, const V extends number = number>(
  options?: RandomPerspectiveOptions<F, V>,
): Layer<KeepImages<"randomPerspective">>;
export function randomPerspective<
  const S extends Shape,
  D extends DType,
  const F extends Factor = Factor,
  const V extends number = number,
>(x: Tensor<S, D> & CheckPhotos<"randomPerspective", S, D>, options?: RandomPerspectiveOptions<F, V>): Tensor<S, D>;
export function randomPerspective(...args: readonly unknown[]) {
  return layerOf(randomPerspectiveLayer, args);
}

const rules: OptionRules<RandomPerspectiveOptions> = {
  factor: oneOrTwo(probability),
  scale: probability,
  fillValue: float32,
  interpolation: aSamplingInterpolation,
  ...named,
};

/** (x, y) of the corners, where the height and the width are 1. */
const corners = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
];

/** How far the last corner has to be beyond the line through the two beside it, along which an image has no area. */
const margin = 0.01;

const randomPerspectiveLayer = augmentation("randomPerspective", rules, (images, options) => {
  const { factor = 1, scale = 1, fillValue = 0, interpolation = "bilinear" } = options;
  const parts = drawnOf(images, [4, 2], [1 - scale / 2, 1 + scale / 2]);
  const moved: Any = multiply(parts, constant(corners));
  const isChosen: Tensor<any, "bool"> = less(drawn(images, 3, [0, 1]), drawn(images, 3, boundsOf(factor, 0)));
  const isMoved: Tensor<any, "bool"> = logicalAnd(isChosen, isUnfolded(moved));
  const { height, width } = sizesOf(images);
  const lengths = [width, height].map((size): Any => maximum(subtract(size, 1) as Any, 1));
  const end: Any = multiply(select(isMoved, moved, constant(corners)) as Any, stack(lengths, 0) as Any);
  const start: Any = multiply(onesLike(parts), multiply(constant(corners), stack(lengths, 0) as Any) as Any);
  const seen = perspectiveTransform(images, start as never, end as never, { interpolation, fillValue }) as Any;
  return select(expandDims(isMoved, -1), seen, images);
});

/** Whether the last corner lies beyond the line through those on the axes, at (a, 0) and (0, b): x / a + y / b > 1, [batch, 1, 1]. */
function isUnfolded(moved: Any): Tensor<any, "bool"> {
  const part = (corner: number, axis: number): Any =>
    at(moved, `:, ${corner}:${corner + 1}, ${axis}:${axis + 1}` as never);
  const sum: Any = add(divide(part(3, 0), part(1, 0)) as Any, divide(part(3, 1), part(2, 1)) as Any);
  return greater(sum, 1 + margin) as Tensor<any, "bool">;
}
