import type { DType } from "../ir/dtype.js";
import { currentPlace, within } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { CheckImages } from "../ops/shared/windows/images.js";
import { anInterpolation, type Interpolation, resized } from "../ops/shared/windows/resized.js";
import type { Pair } from "../ops/shared/windows/sizes.js";
import { multiplyDims } from "../types/arithmetic.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import { type FloatRule, type LayerKind, layerOf, type Waiting } from "./layer.js";
import { repeatedPlaces, timesOf, type UpSampled2d, type UpSamplingOptions, upSamplingRules } from "./upSampling.js";

/** Options of `upSampling2d`. */
export interface UpSampling2dOptions<Size, Now> extends UpSamplingOptions<"upSampling2d", Size, Now> {
  /** How places between others get their values: `"bilinear"`, `"bicubic"`, or `"nearest"`, which repeats them. @default "nearest" */
  readonly interpolation?: Interpolation;
}

/** The shape rule of `upSampling2d` in `sequential`. */
export interface UpSampling2dRule<Size> extends FloatRule<"upSampling2d"> {
  readonly weights: 0;
  readonly check: this["in"] extends infer S extends Shape ? CheckImages<"upSampling2d", S, 4> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? UpSampled2d<S, Size> : Shape;
}

/**
 * Images that are larger by whole numbers: each place several times, or with values between them.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `size` (2), `interpolation` ("nearest"), `name`
 * @returns [batch, height', width', channels]; without x, a layer for `sequential`
 * @throws SW_SHAPE when x is no batch of images; SW_VALUE when `size` is none, or there is no such interpolation
 * @example
 * const x = input(["batch", 14, 14, 64]);
 * const y = upSampling2d(x, { interpolation: "bilinear" }); // Tensor<["batch", 28, 28, 64], "float32">
 */
export function upSampling2d<const Size extends Pair = 2, Now extends Moment = "now">(
  options?: UpSampling2dOptions<Size, Now>,
): Waiting<UpSampling2dRule<Size>, Now>;
export function upSampling2d<
  const S extends Shape,
  D extends DType,
  const Size extends Pair = 2,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckDType<"upSampling2d", D, "float32">, CheckImages<"upSampling2d", S, 4>>>[Now],
  options?: UpSampling2dOptions<Size, Now>,
): Tensor<Settled<UpSampled2d<S, NoInfer<Size>>>[Now]>;
export function upSampling2d(...args: readonly unknown[]) {
  return layerOf(upSampling2dLayer, args);
}

const upSampling2dLayer: LayerKind<UpSampling2dOptions<number | readonly number[], "now">> = {
  kind: "upSampling2d",
  rules: { ...upSamplingRules, interpolation: anInterpolation },
  build(x, { interpolation = "nearest", ...options }, { scope }) {
    const times = timesOf("upSampling2d", x, options, 2);
    return within({ ...currentPlace(), scope }, () => {
      if (interpolation === "nearest") return repeatedPlaces(x, times);
      const [height, width] = times.map((n, axis) => multiplyDims(x.shape[axis + 1]!, n));
      return resized(x, [height!, width!], interpolation);
    });
  },
};
