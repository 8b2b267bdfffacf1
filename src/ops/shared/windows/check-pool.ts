import type { Dim } from "../../../types/dim.js";
import { show } from "../../../types/show.js";
import type { PoolAttributes } from "./attributes.js";
import { checkWindows } from "./check-convolution.js";
import { checkImages, type SpatialRank } from "./images.js";
import { pooled } from "./pooled.js";

/** The message for what a pool cannot be moved over, if there is one. */
export function checkPool(op: string, x: readonly Dim[], attributes: PoolAttributes): string | undefined {
  const { poolSize, padding } = attributes;
  const message = checkImages(op, x, poolSize.length as SpatialRank);
  if (message !== undefined) return message;
  const empty =
    typeof padding === "string" ? -1 : padding.findIndex((pair, axis) => pair.some((n) => n >= poolSize[axis]!));
  if (empty >= 0)
    return `${op}: a window of ${poolSize[empty]} lies in the padding of ${show([...(padding[empty] as [number, number])])}`;
  return checkWindows(op, x, poolSize, attributes);
}

/** The message for a tensor that has not the shape of x after its pool, if there is one. */
export function checkPooled(
  op: string,
  x: readonly Dim[],
  y: readonly Dim[],
  attributes: PoolAttributes,
): string | undefined {
  const message = checkPool(op, x, attributes);
  if (message !== undefined) return message;
  const shape = show(pooled(x, attributes));
  return show(y) === shape ? undefined : `${op}: the pool of ${show(x)} is ${shape}, got ${show(y)}`;
}
