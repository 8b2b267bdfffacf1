import type { DType } from "../ir/dtype.js";
import { nodeOf } from "../ir/node.js";
import { checkOptions, type OptionRules } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Shape, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { CheckDims } from "./shared/checkDims.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { checkSize } from "./shared/windows/image-size.js";
import { type CheckImages, checkImages } from "./shared/windows/images.js";
import { anInterpolation, type Interpolation, resized } from "./shared/windows/resized.js";

/** Options of `resizeImages`. */
export interface ResizeOptions {
  /** How places between others get their values: `"nearest"`, `"bilinear"` or `"bicubic"`. @default "bilinear" */
  readonly interpolation?: Interpolation;
}

const rules: OptionRules<ResizeOptions> = { interpolation: anInterpolation };

/** The shape of images of another size. */
export type ResizeImages<S extends Shape, H extends Dim, W extends Dim> = number extends S["length"]
  ? [number, H, W, number]
  : { s: S } extends { s: [infer B extends Dim, unknown, unknown, infer C extends Dim] }
    ? [B, H, W, C]
    : UnknownShape;

/**
 * Images of another size. Pixels are squares: the corners of the images stay where they are, not the middles of their pixels.
 * Nothing is smoothed beforehand where images become smaller.
 *
 * @param x [batch, height, width, channels], float32
 * @param size the height and width that they shall have: numbers, or names of sizes
 * @param options `interpolation` ("bilinear")
 * @returns [batch, ...size, channels]
 * @throws SW_SHAPE when x is no batch of images; SW_VALUE when a size is none, or there is no such interpolation
 * @see R. Keys, Cubic convolution interpolation for digital image processing, 1981, for "bicubic"
 * @example
 * const y = resizeImages(input(["batch", 28, 28, 1]), [32, 48]); // Tensor<["batch", 32, 48, 1], "float32">
 * const z = resizeImages(y, [64, 96], { interpolation: "nearest" }); // Tensor<["batch", 64, 96, 1], "float32">
 */
export function resizeImages<const S extends Shape, D extends DType, const To extends [height: Dim, width: Dim]>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"resizeImages", D, "float32">, CheckImages<"resizeImages", S, 4>>,
  size: To & CheckDims<"resizeImages", To>,
  options: ResizeOptions = {},
): Tensor<ResizeImages<S, To[0], To[1]>> {
  const { shape, dtype } = nodeOf(x, "resizeImages");
  checkOptions("resizeImages", options, rules);
  refuse("SW_DTYPE", "resizeImages", checkDType("resizeImages", dtype, ["float32"]));
  refuse("SW_SHAPE", "resizeImages", checkImages("resizeImages", shape, 2));
  refuse("SW_VALUE", "resizeImages", checkSize("resizeImages", size));
  return calling("resizeImages", () => resized(x as Tensor<any>, size, options.interpolation ?? "bilinear"));
}
