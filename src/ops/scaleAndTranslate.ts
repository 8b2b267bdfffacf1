import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, flag, type OptionRules, oneOf } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { einsum } from "./einsum.js";
import type { ResizeImages } from "./resizeImages.js";
import type { CheckDims } from "./shared/checkDims.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { checkSize } from "./shared/windows/image-size.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";
import { type CheckPerImage, checkPerImage } from "./shared/windows/per-image.js";
import { type Kernel, kernelNames, resampling } from "./shared/windows/resampling.js";

const name = "scaleAndTranslate";

/** Options of `scaleAndTranslate`. */
export interface ScaleAndTranslateOptions {
  /**
   * How places between pixels get their values: `"bilinear"`, on straight lines; `"bicubic"`, on Keys's cubics; `"lanczos3"` or `"lanczos5"`, by
   * Lanczos's windows of a radius of 3 or 5 pixels.
   *
   * @default "bilinear"
   */
  readonly interpolation?: Kernel;
  /** Whether more pixels count where images become smaller, so that none is passed over. @default true */
  readonly antialias?: boolean;
}

const rules: OptionRules<ScaleAndTranslateOptions> = { interpolation: oneOf(kernelNames), antialias: flag };

/**
 * Images in another size, scaled and then moved: what is at (y, x) comes to (y · scale₀ + translation₀, x · scale₁ + translation₁), where the
 * middle of the first pixel is at (½, ½). What comes from outside is 0. The rule is that of Keras's `ops.image.scale_and_translate` over
 * height and width. Derivatives are those by images, scales and translations.
 *
 * @param images [batch, height, width, channels], float32
 * @param size the height and width that they shall have: numbers, or names of sizes
 * @param scale along height and width, float32: [2] for all images, or [batch, 2]
 * @param translation along height and width in pixels of the result, float32: [2] for all images, or [batch, 2]
 * @param options `interpolation` ("bilinear"), `antialias` (true)
 * @returns [batch, ...size, channels]
 * @throws SW_SHAPE when images have another rank, or a scale or translation is neither; SW_DTYPE when one is not float32; SW_VALUE when a size is
 *   none, or an option is out of range
 * @example
 * const images = input(["batch", 28, 28, 1]);
 * const twice = scaleAndTranslate(images, [56, 56], constant([2, 2]), constant([0, 0])); // Tensor<["batch", 56, 56, 1], "float32">
 */
export function scaleAndTranslate<
  const S extends Shape,
  D extends DType,
  const To extends [height: Dim, width: Dim],
  const T extends Shape,
  E extends DType,
  const U extends Shape,
  F extends DType,
>(
  images: Tensor<S, D> & FirstMessage<CheckDType<typeof name, D, "float32">, CheckImages<typeof name, S, 4>>,
  size: To & CheckDims<typeof name, To>,
  scale: Tensor<T, E> &
    FirstMessage<CheckDType<typeof name, E, "float32">, CheckPerImage<typeof name, "the scale", S, T, [2]>>,
  translation: Tensor<U, F> &
    FirstMessage<CheckDType<typeof name, F, "float32">, CheckPerImage<typeof name, "the translation", S, U, [2]>>,
  options: ScaleAndTranslateOptions = {},
): Tensor<ResizeImages<S, To[0], To[1]>> {
  const node = nodeOf(images, name);
  checkOptions(name, options, rules);
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 2));
  refuse("SW_VALUE", name, checkSize(name, size));
  for (const [what, tensor] of Object.entries({ scale, translation })) {
    const { dtype, shape } = nodeOf(tensor, name);
    refuse("SW_DTYPE", name, checkDType(name, dtype, ["float32"]));
    refuse("SW_SHAPE", name, checkPerImage(name, `the ${what}`, node.shape, shape, [2]));
  }
  const { interpolation = "bilinear", antialias = true } = options;
  return calling(name, () =>
    ([0, 1] as const).reduce<Any>((x, axis) => {
      const sizes = { from: node.shape[axis + 1]!, to: size[axis] };
      const moved = { scale: scale as Any, translation: translation as Any, axis };
      const weights = resampling(sizes, moved, interpolation, antialias);
      const [all, one] = [nodeOf(weights).rank === 3 ? "b" : "", axis === 0 ? "bkwc" : "bhkc"];
      return einsum(`bhwc,${all}${axis === 0 ? "h" : "w"}k->${one}` as never, x as never, weights as never) as Any;
    }, tensorOf(node) as Any),
  ) as Tensor<any>;
}
