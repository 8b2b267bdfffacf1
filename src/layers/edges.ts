import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { anything } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import { padOp } from "../ops/pad.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { axisNames, type CheckImages, checkImages, type SpatialRank } from "../ops/shared/windows/images.js";
import {
  type CheckPlaces,
  type PaddedBy,
  type PaddingAt,
  type PairEdges,
  placesGiven,
  type TripleEdges,
} from "../ops/shared/windows/sizes.js";
import { sliceOp } from "../ops/slice.js";
import { type AddDims, type SubtractDims, subtractDims } from "../types/arithmetic.js";
import type { Compare } from "../types/digits.js";
import type { Dim, IsUnknown, SameNow, Shape, UnknownShape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Added, type ShowPadding, showPadding } from "../types/window.js";
import { type LayerKind, type NamedLayer, named } from "./layer.js";

/** Options of the layers that put zeros around. */
export interface ZeroPaddingOptions<Op extends string, P> extends NamedLayer {
  /** How many zeros stand before and after an axis: one number, one for each axis, or pairs of numbers. @default 1 */
  readonly padding?: P & CheckPlaces<Op, "padding", "", P>;
}

/** Options of the layers that cut edges off. */
export interface CroppingOptions<Op extends string, P> extends NamedLayer {
  /** How many places are cut off before and after an axis: one number, one for each axis, or pairs of numbers. */
  readonly cropping?: P & CheckPlaces<Op, "cropping", "", P>;
}

/** A sequence's shape with zeros around its time. */
export type ZeroPadded1d<S extends Shape, P> = number extends S["length"]
  ? [number, number, number]
  : { s: S } extends { s: [infer B extends Dim, infer T extends Dim, infer C extends Dim] }
    ? [B, AddDims<T, Added<P>>, C]
    : UnknownShape;

/** Images' shape with zeros around them. */
export type ZeroPadded2d<S extends Shape, P> = number extends S["length"]
  ? [number, number, number, number]
  : { s: S } extends { s: [infer B extends Dim, infer H extends Dim, infer W extends Dim, infer C extends Dim] }
    ? [B, AddDims<H, Added<PaddingAt<P, 0>>>, AddDims<W, Added<PaddingAt<P, 1>>>, C]
    : UnknownShape;

/** Volumes' shape with zeros around them. */
export type ZeroPadded3d<S extends Shape, P> = number extends S["length"]
  ? [number, number, number, number, number]
  : { s: S } extends {
        s: [infer B extends Dim, infer Z extends Dim, infer H extends Dim, infer W extends Dim, infer C extends Dim];
      }
    ? [B, AddDims<Z, Added<PaddingAt<P, 0>>>, AddDims<H, Added<PaddingAt<P, 1>>>, AddDims<W, Added<PaddingAt<P, 2>>>, C]
    : UnknownShape;

/** A sequence's shape without the edges of its time. */
export type Cropped1d<S extends Shape, P> = number extends S["length"]
  ? [number, number, number]
  : { s: S } extends { s: [infer B extends Dim, infer T extends Dim, infer C extends Dim] }
    ? [B, SubtractDims<T, Added<P>>, C]
    : UnknownShape;

/** Images' shape without their edges. */
export type Cropped2d<S extends Shape, P> = number extends S["length"]
  ? [number, number, number, number]
  : { s: S } extends { s: [infer B extends Dim, infer H extends Dim, infer W extends Dim, infer C extends Dim] }
    ? [B, SubtractDims<H, Added<PaddingAt<P, 0>>>, SubtractDims<W, Added<PaddingAt<P, 1>>>, C]
    : UnknownShape;

/** Volumes' shape without their edges. */
export type Cropped3d<S extends Shape, P> = number extends S["length"]
  ? [number, number, number, number, number]
  : { s: S } extends {
        s: [infer B extends Dim, infer Z extends Dim, infer H extends Dim, infer W extends Dim, infer C extends Dim];
      }
    ? [
        B,
        SubtractDims<Z, Added<PaddingAt<P, 0>>>,
        SubtractDims<H, Added<PaddingAt<P, 1>>>,
        SubtractDims<W, Added<PaddingAt<P, 2>>>,
        C,
      ]
    : UnknownShape;

export const croppedAway = "{op}: cropping {padding} leaves nothing of axis {axis} of size {n}";

/** `unknown` where something is left of an axis, else the message. A name is left to the runtime. */
type CheckAxis<Op extends string, Axis extends string, D, P, Beside> =
  SameNow<IsGone<D, Added<P>>, true, Beside> extends true
    ? Message<typeof croppedAway, { op: Op; padding: ShowPadding<P>; axis: Axis; n: D & number }>
    : unknown;

type IsGone<D, N extends number> = D extends number
  ? true extends IsUnknown<D> | IsUnknown<N>
    ? false
    : Compare<N, D> extends "less"
      ? false
      : true
  : false;

/** `unknown` where something is left of sequences, else the message. */
export type CheckCropped1d<Op extends string, S extends Shape, P, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer T extends Dim, unknown] }
    ? CheckAxis<Op, "time", T, P, Beside>
    : CheckImages<Op, S, 3>;

/** `unknown` where something is left of images, else the message. */
export type CheckCropped2d<Op extends string, S extends Shape, P, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer H extends Dim, infer W extends Dim, unknown] }
    ? FirstMessage<
        CheckAxis<Op, "height", H, PaddingAt<P, 0>, Beside>,
        CheckAxis<Op, "width", W, PaddingAt<P, 1>, Beside>
      >
    : CheckImages<Op, S, 4>;

/** `unknown` where something is left of volumes, else the message. */
export type CheckCropped3d<Op extends string, S extends Shape, P, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer Z extends Dim, infer H extends Dim, infer W extends Dim, unknown] }
    ? FirstMessage<
        CheckAxis<Op, "depth", Z, PaddingAt<P, 0>, Beside>,
        FirstMessage<
          CheckAxis<Op, "height", H, PaddingAt<P, 1>, Beside>,
          CheckAxis<Op, "width", W, PaddingAt<P, 2>, Beside>
        >
      >
    : CheckImages<Op, S, 5>;

type Edges = PaddedBy | PairEdges | TripleEdges;
type Pairs = readonly (readonly [before: number, after: number])[];

/** Zeros around one to three spatial axes, as a layer. */
export function zeroPadding(kind: string, rank: SpatialRank): LayerKind<ZeroPaddingOptions<string, Edges>> {
  return {
    kind,
    rules: { ...named, padding: anything },
    build(x, { padding = 1 }, { scope }) {
      const edges = placesGiven(kind, "padding", padding, rank);
      refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32", "int32"]));
      refuse("SW_SHAPE", kind, checkImages(kind, x.shape, rank));
      const paddings = [[0, 0], ...edges, [0, 0]] as const;
      return tensorOf(makeNode(padOp, [nodeOf(x)], { paddings, value: 0 }, scope));
    },
  };
}

/** One to three spatial axes without their edges, as a layer. */
export function cropping(kind: string, rank: SpatialRank, usual: number): LayerKind<CroppingOptions<string, Edges>> {
  return {
    kind,
    rules: { ...named, cropping: anything },
    build(x, { cropping: given = usual }, { scope }) {
      const edges = placesGiven(kind, "cropping", given, rank);
      refuse("SW_SHAPE", kind, checkImages(kind, x.shape, rank) ?? checkCropped(kind, x.shape, edges));
      const check = { rule: "cropping", shape: x.shape, given: { edges } } as const;
      return tensorOf(calling(kind, () => cropped(nodeOf(x), edges, scope), check));
    },
  };
}

function cropped(x: Node, edges: Pairs, scope: Parameters<typeof makeNode>[3]): Node {
  const begin = [0, ...edges.map(([before]) => before), 0];
  const size = x.shape.map((dim, axis) => {
    const [before, after] = edges[axis - 1] ?? [0, 0];
    return subtractDims(dim, before + after);
  });
  return makeNode(sliceOp, [x], { begin, size }, scope);
}

/** Runtime twin of `CheckCropped1d` to `3d`. */
export function checkCropped(op: string, shape: readonly Dim[], edges: Pairs): string | undefined {
  for (const [axis, by] of edges.entries()) {
    const n = shape[axis + 1]!;
    if (typeof n === "number" && by[0] + by[1] >= n) {
      return fill(croppedAway, {
        op,
        padding: showPadding(by),
        axis: axisNames[edges.length as SpatialRank][axis]!,
        n,
      });
    }
  }
  return undefined;
}
