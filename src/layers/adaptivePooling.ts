import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { anything, required } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { concat } from "../ops/concat.js";
import { checkDivided } from "../ops/shared/windows/adaptive-shapes.js";
import { checkImages, type SpatialRank } from "../ops/shared/windows/images.js";
import { sizesOf } from "../ops/shared/windows/sizes.js";
import { slice } from "../ops/slice.js";
import { checkDType } from "../types/dtype.js";
import type { AdaptivePoolingOptions } from "./adaptive-options.js";
import { type LayerKind, named } from "./layer.js";

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
