import type { Node } from "../src/ir/node.js";
import { builder as b } from "../src/ops/builder.js";

/** How samples are weighted: not, by one number for each sample or for each place of a target, or by whether a place counts. */
export const weightings = ["none", "samples", "places", "mask"] as const;
export type Weighting = (typeof weightings)[number];

/**
 * Weights of the first axes, as they are multiplied with values. Where a value is one of several places, such as whether the right one
 * of a row is the largest, it has the mean of their weights.
 */
export function spread(weights: Node, values: Node): Node {
  if (weights.rank === values.rank) return weights;
  if (weights.rank > values.rank) {
    const axes = weights.shape.map((_, axis) => axis).slice(values.rank);
    return b.op("mean", [weights], { axes, keepDims: false });
  }
  const behind = values.shape.slice(weights.rank).map(() => 1);
  return b.op("reshape", [weights], { shape: [...weights.shape, ...behind] });
}

/** Weights of samples as weights of every place of the target; what has one for each already stays. */
export function overPlaces(weights: Node, target: Node): Node {
  if (target.shape.slice(weights.rank).every((size) => size === 1)) return weights;
  return b.op("broadcastTo", [spread(weights, target)], { shape: target.shape });
}

export function ones(target: Node): Node {
  return b.op("broadcastTo", [b.scalar(1)], { shape: target.shape });
}
