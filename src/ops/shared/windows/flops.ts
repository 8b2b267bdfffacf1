import { elementCount } from "../../../ir/array.js";
import type { PoolAttributes } from "./attributes.js";

/**
 * The FLOPs of a convolution with a filter whose result is y, and of either of its gradients: they add up the same
 * products. Places in the padding count like others, as is usual.
 */
export function convolutionFlops(filter: readonly number[], y: readonly number[]): number {
  return 2 * elementCount(filter.slice(0, -1)) * elementCount(y);
}

/** The FLOPs of comparing or adding up a pool's windows, of which there are as many as `y` has elements: one for each place. */
export function poolFlops(y: readonly number[], { poolSize }: PoolAttributes): number {
  return elementCount(poolSize) * elementCount(y);
}
