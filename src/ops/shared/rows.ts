import type { NdArray } from "../../ir/array.js";

/** Row `index` along the last axis. */
export function rowOf(x: NdArray, index: number): ArrayLike<number> & Iterable<number> {
  const length = x.shape.at(-1) as number;
  return x.data.subarray(index * length, (index + 1) * length);
}

/** The largest of some numbers; NaN where one of them is. Arguments of one call would be too many for a stack. */
export function largestOf(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, value), -Infinity);
}

/** ln Σ eˣ without overflow: the largest element is taken out first. */
export function logSumExp(row: Iterable<number>): number {
  const values = [...row];
  const largest = largestOf(values);
  // Of infinities nothing can be taken out, and they are the result.
  if (!Number.isFinite(largest)) return largest;
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
