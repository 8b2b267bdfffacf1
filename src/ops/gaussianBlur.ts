import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { type CheckCounts, type CheckPositives, type OneOrTwo, oneOrTwo } from "../ir/oneOrTwo.js";
import { checkOptions, count, positive } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { bell, blurred } from "./shared/windows/blurred.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";

/** Options of `gaussianBlur`. */
export interface GaussianBlurOptions<K extends OneOrTwo = OneOrTwo, V extends OneOrTwo = OneOrTwo> {
  /** How many pixels are looked at around each one: one number, or [along the width, along the height]. @default 3 */
  readonly kernelSize?: K & CheckCounts<typeof name, "kernelSize", K>;
  /** How far pixels are smeared, as the standard deviation in pixels: one number, or [along the width, along the height]. @default 1 */
  readonly sigma?: V & CheckPositives<typeof name, "sigma", V>;
}

const name = "gaussianBlur";

/**
 * Images smeared: each pixel is a mean of those around it, weighted by exp(-distance² / 2σ²); outside of images are zeros. The rule is that of
 * Keras's `ops.image.gaussian_blur` for kernels that are as wide as high.
 *
 * @param images [batch, height, width, channels], float32
 * @param options `kernelSize` (3), `sigma` (1): one number, or [along the width, along the height]
 * @returns the images' shape
 * @throws SW_SHAPE when images have another rank, SW_DTYPE when they are not float32, SW_VALUE when an option is out of range
 * @example
 * const soft = gaussianBlur(input(["batch", 28, 28, 3]), { kernelSize: 5, sigma: 1.5 }); // Tensor<["batch", 28, 28, 3], "float32">
 */
export function gaussianBlur<
  const S extends Shape,
  D extends DType,
  const K extends OneOrTwo = OneOrTwo,
  const V extends OneOrTwo = OneOrTwo,
>(
  images: Tensor<S, D> & FirstMessage<CheckDType<typeof name, D, "float32">, CheckImages<typeof name, S, 4>>,
  options: GaussianBlurOptions<K, V> = {},
): Tensor<S, D> {
  const node = nodeOf(images, name);
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 2));
  checkOptions<GaussianBlurOptions<K, V>>(name, options, { kernelSize: oneOrTwo(count), sigma: oneOrTwo(positive) });
  const { kernelSize = 3, sigma = 1 }: GaussianBlurOptions = options;
  const [wide, high] = both(kernelSize);
  const [across, down] = both(sigma);
  return calling(name, () => tensorOf(blurred(node, bell(wide, across), bell(high, down), "same")));
}

function both(value: OneOrTwo): readonly [number, number] {
  return typeof value === "number" ? [value, value] : value;
}
