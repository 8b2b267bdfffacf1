import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { ValueRules } from "../ir/op.js";
import { flag } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { axisNames, checkImages, type SpatialRank } from "../ops/shared/windows/images.js";
import type { Dim, Shape, UnknownShape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { type LayerKind, type NamedLayer, named } from "./layer.js";

/** Options of the layers that pool over everything. */
export interface GlobalPoolingOptions<Keep extends boolean> extends NamedLayer {
  /** Whether the axes that are pooled over stay, with size 1. @default false */
  readonly keepDims?: Keep;
}

/** The shape after a pool over all time of sequences. */
export type GlobalPooling1d<S extends Shape, Keep extends boolean> = number extends S["length"]
  ? Kept<Keep, [number, number], [number, 1, number]>
  : { s: S } extends { s: [infer B extends Dim, unknown, infer C extends Dim] }
    ? Kept<Keep, [B, C], [B, 1, C]>
    : UnknownShape;

/** The shape after a pool over all height and width of images. */
export type GlobalPooling2d<S extends Shape, Keep extends boolean> = number extends S["length"]
  ? Kept<Keep, [number, number], [number, 1, 1, number]>
  : { s: S } extends { s: [infer B extends Dim, unknown, unknown, infer C extends Dim] }
    ? Kept<Keep, [B, C], [B, 1, 1, C]>
    : UnknownShape;

/** The shape after a pool over all depth, height and width of volumes. */
export type GlobalPooling3d<S extends Shape, Keep extends boolean> = number extends S["length"]
  ? Kept<Keep, [number, number], [number, 1, 1, 1, number]>
  : { s: S } extends { s: [infer B extends Dim, unknown, unknown, unknown, infer C extends Dim] }
    ? Kept<Keep, [B, C], [B, 1, 1, 1, C]>
    : UnknownShape;

type Kept<Keep extends boolean, Without extends Shape, With extends Shape> = [boolean] extends [Keep]
  ? UnknownShape
  : Keep extends true
    ? With
    : Without;

/** A reduction over all spatial axes, of which there are one to three, as a layer. */
export function globalPooling<K extends "max" | "mean">(
  kind: string,
  definition: ValueRules<K>,
  rank: SpatialRank,
): LayerKind<GlobalPoolingOptions<boolean>> {
  return {
    kind,
    rules: { ...named, keepDims: flag },
    build(x, { keepDims = false }, { scope }) {
      refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
      refuse("SW_SHAPE", kind, checkImages(kind, x.shape, rank));
      const axes = axisNames[rank].map((_, axis) => axis + 1);
      return tensorOf(makeNode(definition, [nodeOf(x)], { axes, keepDims }, scope));
    },
  };
}
