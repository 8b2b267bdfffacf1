import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, float32 } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";
import { type CheckPerImage, checkPerImage } from "./shared/windows/per-image.js";
import { projected } from "./shared/windows/projected.js";
import {
  aFillMode,
  aSamplingInterpolation,
  type FillMode,
  type SamplingInterpolation,
} from "./shared/windows/sampled.js";

/** Options of `affineTransform`. */
export interface AffineTransformOptions {
  /** Whether places between pixels are `"bilinear"`, a mean of the four around, or `"nearest"`, one of them. @default "bilinear" */
  readonly interpolation?: SamplingInterpolation;
  /**
   * What comes in from outside: `"constant"`, `fillValue`; `"nearest"`, the pixels of the edge; `"reflect"`, those from the edge back;
   * `"wrap"`, those from the other edge on.
   *
   * @default "constant"
   */
  readonly fillMode?: FillMode;
  /** What comes in from outside with `"constant"`. @default 0 */
  readonly fillValue?: number;
}

/**
 * Images moved, turned, sheared or seen from another side: the pixel at (x, y) comes from ((a₀x + a₁y + a₂) / k, (a₃x + a₄y + a₅) / k), with
 * k = a₆x + a₇y + 1. The rule is that of Keras's `ops.image.affine_transform`.
 *
 * @param images [batch, height, width, channels], float32
 * @param transform a₀ to a₇, float32: [8] for all images, or [batch, 8]
 * @param options `interpolation` ("bilinear"), `fillMode` ("constant"), `fillValue` (0)
 * @returns the images' shape
 * @throws SW_SHAPE when images have another rank, or the transform is neither; SW_DTYPE when one is not float32; SW_VALUE when an option is
 *   out of range
 * @example
 * const toTheLeft = constant([1, 0, 3, 0, 1, 0, 0, 0]);
 * const moved = affineTransform(input(["batch", 28, 28, 1]), toTheLeft); // Tensor<["batch", 28, 28, 1], "float32">
 */
export function affineTransform<const S extends Shape, D extends DType, const T extends Shape, E extends DType>(
  images: Tensor<S, D> &
    FirstMessage<CheckDType<"affineTransform", D, "float32">, CheckImages<"affineTransform", S, 4>>,
  transform: Tensor<T, E> &
    FirstMessage<
      CheckDType<"affineTransform", E, "float32">,
      CheckPerImage<"affineTransform", "the transform", S, T, [8]>
    >,
  options: AffineTransformOptions = {},
): Tensor<S, D> {
  const name = "affineTransform";
  const [node, numbers] = [nodeOf(images, name), nodeOf(transform, name)];
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 2));
  refuse("SW_DTYPE", name, checkDType(name, numbers.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkPerImage(name, "the transform", node.shape, numbers.shape, [8]));
  checkOptions<AffineTransformOptions>(name, options, {
    interpolation: aSamplingInterpolation,
    fillMode: aFillMode,
    fillValue: float32,
  });
  const { interpolation = "bilinear", fillMode = "constant", fillValue = 0 } = options;
  const sampling = { interpolation, fillMode, fillValue };
  return calling(name, () => projected(tensorOf(node) as Any, tensorOf(numbers) as Any, sampling)) as Tensor<any, any>;
}
