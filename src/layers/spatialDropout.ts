import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { rate as rateRule, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { dropoutOp } from "../ops/dropout.js";
import { axisNames, checkImages, type SpatialRank } from "../ops/shared/windows/images.js";
import { checkDType } from "../types/dtype.js";
import { type LayerKind, type NamedLayer, named } from "./layer.js";

/** Dropout of whole channels, over all places of one to three spatial axes. */
export function spatialDropout(kind: string, rank: SpatialRank): LayerKind<NamedLayer & { readonly rate: number }> {
  return {
    kind,
    rules: { ...named, rate: required(rateRule) },
    optionsOf: ([rate, options]) => ({ ...(options as NamedLayer), rate: rate as number }),
    build(x, { rate }, { scope }) {
      refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
      refuse("SW_SHAPE", kind, checkImages(kind, x.shape, rank));
      const together = axisNames[rank].map((_, axis) => axis + 1);
      return tensorOf(makeNode(dropoutOp, [nodeOf(x)], { rate, together }, scope));
    },
  };
}
