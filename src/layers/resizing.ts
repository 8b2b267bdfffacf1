import type { DType } from "../ir/dtype.js";
import { anything, required } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { ResizeImages, ResizeOptions } from "../ops/resizeImages.js";
import { type CheckDim, checkDims } from "../ops/shared/checkDims.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { type CheckImages, checkImages } from "../ops/shared/windows/images.js";
import { anInterpolation, resized } from "../ops/shared/windows/resized.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type FloatRule, type LayerKind, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

/** Options of `resizing`. */
export interface ResizingOptions<H extends Dim, W extends Dim> extends NamedLayer, ResizeOptions {
  /** The height that images shall have: a number, or the name of a size. */
  readonly height: H & CheckDim<"resizing", H>;
  /** The width that they shall have. */
  readonly width: W & CheckDim<"resizing", W>;
}

/** The shape rule of `resizing` in `sequential`. */
export interface ResizingRule<H extends Dim, W extends Dim> extends FloatRule<"resizing"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"resizing", S, 4> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? ResizeImages<S, H, W> : Shape;
}

/**
 * Images of another size, as `resizeImages` makes them.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `height`, `width`; `interpolation` ("bilinear"), `name`
 * @returns [batch, height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images; SW_VALUE when a size is none, or there is no such interpolation
 * @example
 * const y = resizing(input(["batch", "height", "width", 3]), { height: 224, width: 224 }); // Tensor<["batch", 224, 224, 3], "float32">
 */
export function resizing<const H extends Dim, const W extends Dim, Now extends Moment = "now">(
  options: ResizingOptions<H, W>,
): Waiting<ResizingRule<H, W>, Now>;
export function resizing<
  const S extends Shape,
  D extends DType,
  const H extends Dim,
  const W extends Dim,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<"resizing", D, "float32">, CheckImages<"resizing", S, 4>>>[Now],
  options: ResizingOptions<H, W>,
): Tensor<Settled<ResizeImages<S, NoInfer<H>, NoInfer<W>>>[Now]>;
export function resizing(...args: readonly unknown[]) {
  return layerOf(resizingLayer, args);
}

const kind = "resizing";

const resizingLayer: LayerKind<ResizingOptions<Dim, Dim>> = {
  kind,
  rules: { ...named, height: required(anything), width: required(anything), interpolation: anInterpolation },
  build(x, { height, width, interpolation = "bilinear" }, { scope }) {
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    refuse("SW_SHAPE", kind, checkImages(kind, x.shape, 2));
    refuse("SW_VALUE", kind, checkDims(kind, [height, width]));
    return within({ ...currentPlace(), scope }, () => resized(x, [height, width], interpolation));
  },
};
