import { nodeOf, tensorOf } from "../ir/node.js";
import { anything, type OptionRules } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { repeated } from "../ops/shared/repeated.js";
import { checkImages, type SpatialRank } from "../ops/shared/windows/images.js";
import type { SizesOption } from "../ops/shared/windows/options.js";
import { type SizeAt, sizesOf } from "../ops/shared/windows/sizes.js";
import type { MultiplyDims } from "../types/arithmetic.js";
import type { Dim, Shape, UnknownShape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { type LayerKind, type NamedLayer, named } from "./layer.js";

/** Options of the layers that repeat places. */
export interface UpSamplingOptions<Op extends string, Size, Now> extends NamedLayer {
  /** How many places become of each: one number, or one for each axis. @default 2 */
  readonly size?: SizesOption<Op, "size", Size, Now>;
}

/** A sequence's shape with each step several times. */
export type UpSampled1d<S extends Shape, Size> = number extends S["length"]
  ? [number, number, number]
  : { s: S } extends { s: [infer B extends Dim, infer T extends Dim, infer C extends Dim] }
    ? [B, MultiplyDims<T, SizeAt<Size, 0>>, C]
    : UnknownShape;

/** Images' shape with each place several times. */
export type UpSampled2d<S extends Shape, Size> = number extends S["length"]
  ? [number, number, number, number]
  : { s: S } extends { s: [infer B extends Dim, infer H extends Dim, infer W extends Dim, infer C extends Dim] }
    ? [B, MultiplyDims<H, SizeAt<Size, 0>>, MultiplyDims<W, SizeAt<Size, 1>>, C]
    : UnknownShape;

/** Volumes' shape with each place several times. */
export type UpSampled3d<S extends Shape, Size> = number extends S["length"]
  ? [number, number, number, number, number]
  : { s: S } extends {
        s: [infer B extends Dim, infer Z extends Dim, infer H extends Dim, infer W extends Dim, infer C extends Dim];
      }
    ? [B, MultiplyDims<Z, SizeAt<Size, 0>>, MultiplyDims<H, SizeAt<Size, 1>>, MultiplyDims<W, SizeAt<Size, 2>>, C]
    : UnknownShape;

type Options = UpSamplingOptions<string, number | readonly number[], "now">;

export const upSamplingRules: OptionRules<Options> = { ...named, size: anything };

/** How often each place is to stand along each axis of x, once both are looked at. */
export function timesOf(kind: string, x: Tensor<any>, { size = 2 }: Options, rank: SpatialRank): number[] {
  const times = sizesOf(kind, "size", size, rank);
  refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
  refuse("SW_SHAPE", kind, checkImages(kind, x.shape, rank));
  return times;
}

/** Each place several times, beside itself. */
export function repeatedPlaces(x: Tensor<any>, times: readonly number[]): Tensor<any> {
  return tensorOf(times.reduce((node, n, axis) => repeated(node, axis + 1, n, "elements"), nodeOf(x)));
}

/** Repeats the places of one to three spatial axes, as a layer. */
export function upSampling(kind: string, rank: SpatialRank): LayerKind<Options> {
  return {
    kind,
    rules: upSamplingRules,
    build: (x, options, { scope }) =>
      within({ ...currentPlace(), scope }, () => repeatedPlaces(x, timesOf(kind, x, options, rank))),
  };
}
