import { generate, type NdArray } from "../../ir/array.js";

/** Row `index` along the last axis. */
export function rowOf(x: NdArray, index: number): ArrayLike<number> & Iterable<number> {
  const length = x.shape.at(-1) as number;
  return x.data.subarray(index * length, (index + 1) * length);
}

/** The largest of some numbers; NaN where one of them is. Arguments of one call would be too many for a stack. */
export function largestOf(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, value), -Infinity);
}

/** The smallest of some numbers, as `largestOf`. */
export function smallestOf(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Infinity);
}

/** The logarithm ln Σ eˣ without overflow: the largest element is taken out first. */
export function logSumExp(row: Iterable<number>): number {
  const values = [...row];
  const largest = largestOf(values);
  // Of infinities nothing can be taken out, and they are the result.
  if (!Number.isFinite(largest)) return largest;
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/**
 * The logarithm of a row’s softmax. The largest element is taken away before the logarithm is: beside a large one, that would be lost. In a
 * row with +∞ nothing is a number.
 */
export function logSoftmax(row: Iterable<number>): number[] {
  const values = [...row];
  const largest = largestOf(values);
  const shifted = values.map((value) => value - largest);
  const total = Math.log(shifted.reduce((sum, value) => sum + Math.exp(value), 0));
  return shifted.map((value) => value - total);
}

/** An array of x's shape, each row of which is made of x's. */
export function mapRows(x: NdArray, map: (row: Iterable<number>, index: number) => readonly number[]): NdArray {
  const length = x.shape.at(-1) as number;
  const rows = Array.from({ length: length === 0 ? 0 : x.data.length / length }, (_, i) => map(rowOf(x, i), i));
  return generate(x.shape, "float32", (i) => rows[Math.floor(i / length)]![i % length]!);
}
