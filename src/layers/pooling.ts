import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { anything } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { checkPool } from "../ops/shared/windows/check-pool.js";
import type { SpatialRank } from "../ops/shared/windows/images.js";
import { type AnyPoolOptions, poolGiven } from "../ops/shared/windows/options.js";
import { checkDType } from "../types/dtype.js";
import { type LayerKind, type NamedLayer, named } from "./layer.js";

type Options = AnyPoolOptions & NamedLayer;

/** A pool over one to three spatial axes, as a layer. */
export function pooling<K extends "maxPool" | "averagePool">(
  kind: string,
  definition: ValueOpDefinition<K>,
  rank: SpatialRank,
): LayerKind<Options> {
  return {
    kind,
    rules: { ...named, poolSize: anything, strides: anything, padding: anything },
    build(x, options, { scope }) {
      const attributes = poolGiven(kind, options, rank);
      refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
      refuse("SW_SHAPE", kind, checkPool(kind, x.shape, attributes));
      return tensorOf(makeNode(definition, [nodeOf(x)], attributes, scope));
    },
  };
}
