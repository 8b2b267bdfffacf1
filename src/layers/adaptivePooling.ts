import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { anything, required } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { concat } from "../ops/concat.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import { axisNames, type CheckImages, checkImages, type SpatialRank } from "../ops/shared/windows/images.js";
import type { SizesOption } from "../ops/shared/windows/options.js";
import { type SizeAt, sizesOf } from "../ops/shared/windows/sizes.js";
import { slice } from "../ops/slice.js";
import type { Dim, IsName, Shape, UnknownShape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type LayerKind, type NamedLayer, named } from "./layer.js";

/** Options of the layers that pool to a size. */
export interface AdaptivePoolingOptions<Op extends string, Size, Now> extends NamedLayer {
  /** How many windows each axis is divided into: one number, or one for each axis. */
  readonly outputSize: SizesOption<Op, "outputSize", Size, Now>;
}

/** The shape of sequences whose time was divided into windows. */
export type AdaptivePooling1d<S extends Shape, Size> = number extends S["length"]
  ? [number, SizeAt<Size, 0>, number]
  : { s: S } extends { s: [infer B extends Dim, unknown, infer C extends Dim] }
    ? [B, SizeAt<Size, 0>, C]
    : UnknownShape;

/** The shape of images that were divided into windows. */
export type AdaptivePooling2d<S extends Shape, Size> = number extends S["length"]
  ? [number, SizeAt<Size, 0>, SizeAt<Size, 1>, number]
  : { s: S } extends { s: [infer B extends Dim, unknown, unknown, infer C extends Dim] }
    ? [B, SizeAt<Size, 0>, SizeAt<Size, 1>, C]
    : UnknownShape;

/** The shape of volumes that were divided into windows. */
export type AdaptivePooling3d<S extends Shape, Size> = number extends S["length"]
  ? [number, SizeAt<Size, 0>, SizeAt<Size, 1>, SizeAt<Size, 2>, number]
  : { s: S } extends { s: [infer B extends Dim, unknown, unknown, unknown, infer C extends Dim] }
    ? [B, SizeAt<Size, 0>, SizeAt<Size, 1>, SizeAt<Size, 2>, C]
    : UnknownShape;

export const dividedName = '{op}: axis {axis} is divided into windows, so its size is a number, not "{name}"';

type CheckDivided<Op extends string, Axis extends string, N extends Dim, Beside> =
  IsName<N, Beside> extends true ? Message<typeof dividedName, { op: Op; axis: Axis; name: N }> : unknown;

/** `unknown` where the time of sequences can be divided, else the message. */
export type CheckAdaptive1d<Op extends string, S extends Shape, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer T extends Dim, unknown] }
    ? CheckDivided<Op, "time", T, Beside>
    : CheckImages<Op, S, 3>;

/** `unknown` where images can be divided, else the message. */
export type CheckAdaptive2d<Op extends string, S extends Shape, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer H extends Dim, infer W extends Dim, unknown] }
    ? FirstMessage<CheckDivided<Op, "height", H, Beside>, CheckDivided<Op, "width", W, Beside>>
    : CheckImages<Op, S, 4>;

/** `unknown` where volumes can be divided, else the message. */
export type CheckAdaptive3d<Op extends string, S extends Shape, Beside> = number extends S["length"]
  ? unknown
  : { s: S } extends { s: [unknown, infer Z extends Dim, infer H extends Dim, infer W extends Dim, unknown] }
    ? FirstMessage<
        CheckDivided<Op, "depth", Z, Beside>,
        FirstMessage<CheckDivided<Op, "height", H, Beside>, CheckDivided<Op, "width", W, Beside>>
      >
    : CheckImages<Op, S, 5>;

/** Runtime twin of the checks above. */
function checkDivided(op: string, shape: readonly Dim[], rank: SpatialRank): string | undefined {
  const at = axisNames[rank].findIndex((_, axis) => typeof shape[axis + 1] === "string");
  return at < 0 ? undefined : fill(dividedName, { op, axis: axisNames[rank][at]!, name: shape[at + 1]! });
}

type Pool = ValueOpDefinition<"maxPool"> | ValueOpDefinition<"averagePool">;

/** A pool whose windows are as large as it takes, as a layer. */
export function adaptivePooling(
  kind: string,
  pool: Pool,
  rank: SpatialRank,
): LayerKind<AdaptivePoolingOptions<string, number | readonly number[], "now">> {
  return {
    kind,
    rules: { ...named, outputSize: required(anything) },
    build(x, { outputSize }, { scope }) {
      const sizes = sizesOf(kind, "outputSize", outputSize, rank);
      refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
      refuse("SW_SHAPE", kind, checkImages(kind, x.shape, rank) ?? checkDivided(kind, x.shape, rank));
      return within({ ...currentPlace(), scope }, () => tensorOf(divided(pool, nodeOf(x), sizes)));
    },
  };
}

/**
 * Window i of n along an axis of N places begins at floor(i · N / n) and ends before ceil((i + 1) · N / n). Where all of an axis are
 * alike and side by side, that is a pool; else each is cut out. The last axis comes first, so that of equal elements the first in
 * memory counts, as in a window over all axes.
 */
function divided(pool: Pool, x: Node, sizes: readonly number[]): Node {
  const even = sizes.every((n, axis) => (x.shape[axis + 1] as number) % n === 0);
  if (even)
    return pooled(
      pool,
      x,
      sizes.map((n, axis) => (x.shape[axis + 1] as number) / n),
    ); // one kernel
  return sizes.reduceRight((node, n, axis) => dividedAlong(pool, node, n, axis, sizes.length), x);
}

function dividedAlong(pool: Pool, x: Node, n: number, axis: number, rank: number): Node {
  const size = x.shape[axis + 1] as number;
  const window = (along: number) => Array.from({ length: rank }, (_, other) => (other === axis ? along : 1));
  if (size % n === 0) return pooled(pool, x, window(size / n));
  const parts = Array.from({ length: n }, (_, i): Tensor<any> => {
    const begin = Math.floor((i * size) / n);
    const length = Math.ceil(((i + 1) * size) / n) - begin;
    return tensorOf(pooled(pool, cut(x, axis + 1, begin, length), window(length)));
  });
  const joined: Tensor<any> = concat(parts, axis + 1);
  return nodeOf(joined);
}

function cut(x: Node, axis: number, begin: number, length: number): Node {
  const from = x.shape.map((_, other) => (other === axis ? begin : 0));
  const whole: Tensor<any> = tensorOf(x);
  const part: Tensor<any> = slice(whole, from, x.shape.with(axis, length));
  return nodeOf(part);
}

/** A pool of windows side by side. */
function pooled(pool: Pool, x: Node, poolSize: readonly number[]): Node {
  const attributes = { poolSize, strides: poolSize, padding: "valid" } as const;
  return makeNode(pool as ValueOpDefinition<"maxPool">, [x], attributes);
}
