import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, count, listOf, type OptionRule, positive } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { multiplyDims } from "../types/arithmetic.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { builder as b } from "./builder.js";
import { conv2d } from "./conv2d.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";

/** Options of `gaussianBlur`. */
export interface GaussianBlurOptions {
  /** How many pixels are looked at around each one: one number, or [along the width, along the height]. @default 3 */
  readonly kernelSize?: number | readonly [x: number, y: number];
  /** How far pixels are smeared, as the standard deviation in pixels: one number, or [along the width, along the height]. @default 1 */
  readonly sigma?: number | readonly [x: number, y: number];
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
export function gaussianBlur<const S extends Shape, D extends DType>(
  images: Tensor<S, D> & FirstMessage<CheckDType<typeof name, D, "float32">, CheckImages<typeof name, S, 4>>,
  options: GaussianBlurOptions = {},
): Tensor<S, D> {
  const node = nodeOf(images);
  refuse("SW_DTYPE", name, checkDType(name, node.dtype, ["float32"]));
  refuse("SW_SHAPE", name, checkImages(name, node.shape, 2));
  checkOptions<GaussianBlurOptions>(name, options, { kernelSize: oneOrTwo(count), sigma: oneOrTwo(positive) });
  const { kernelSize = 3, sigma = 1 } = options;
  const [wide, high] = both(kernelSize);
  const [across, down] = both(sigma);
  return calling(name, () => blurred(node, bell(wide, across), bell(high, down)));
}

/** A rule for one number, or a list of two. */
function oneOrTwo(rule: OptionRule): OptionRule {
  const accepts = (value: unknown) =>
    rule.accepts(value) || (listOf(rule).accepts(value) && (value as readonly unknown[]).length === 2);
  return { takes: `${rule.takes}, or a list of two`, accepts };
}

function both(value: number | readonly [number, number]): readonly [number, number] {
  return typeof value === "number" ? [value, value] : value;
}

/** Weights of so many pixels in a row, which add up to 1. */
function bell(size: number, sigma: number): Float32Array {
  const distances = Array.from({ length: size }, (_, i) => (i - (size - 1) / 2) / sigma);
  // By the least of them, which divides itself out: of an even size and a small sigma, all weights would be 0.
  const least = Math.abs(distances[Math.floor(size / 2)]!);
  const weights = distances.map((x) => Math.exp((least ** 2 - x ** 2) / 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Float32Array.from(weights, (weight) => weight / total);
}

/** Along one axis and then along the other: as the product of both, in fewer steps. Each channel is an image of its own. */
function blurred(images: Node, across: Float32Array, down: Float32Array): Tensor<any, any> {
  const [batch, height, width, channels] = images.shape as [Dim, Dim, Dim, Dim];
  const turned = b.op("transpose", [images], { permutation: [0, 3, 1, 2] });
  const alone = b.op("reshape", [turned], { shape: [multiplyDims(batch, channels), height, width, 1] });
  const filter = (weights: Float32Array, shape: number[]): Any => tensorOf(b.constant(array(weights, shape)));
  const same = { padding: "same" } as const;
  const wide: Any = conv2d(tensorOf(alone) as Any, filter(across, [1, across.length, 1, 1]), same);
  const both: Any = conv2d(wide, filter(down, [down.length, 1, 1, 1]), same);
  const apart = b.op("reshape", [nodeOf(both)], { shape: [batch, channels, height, width] });
  return tensorOf(b.op("transpose", [apart], { permutation: [0, 2, 3, 1] }));
}
