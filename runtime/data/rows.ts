import { elementCount, type NdArray } from "../../src/ir/array.js";
import { allocate, type DType } from "../../src/ir/dtype.js";

/** The samples that `rows` names, in that order. */
export function takeRows({ data, shape, dtype }: NdArray, rows: ArrayLike<number>): NdArray {
  const rest = (shape as number[]).slice(1);
  const length = elementCount(rest);
  const taken = allocate(dtype, rows.length * length);
  for (let i = 0; i < rows.length; i++) {
    taken.set(data.subarray(rows[i]! * length, (rows[i]! + 1) * length), i * length);
  }
  return { shape: [rows.length, ...rest], dtype, data: taken };
}

/** The samples from `begin` up to `end`, without copying them. */
export function rowsBetween({ data, shape, dtype }: NdArray, begin: number, end: number): NdArray {
  const rest = (shape as number[]).slice(1);
  const length = elementCount(rest);
  return { shape: [end - begin, ...rest], dtype, data: data.subarray(begin * length, end * length) };
}

/**
 * Samples behind one another. The parts differ in their number of samples alone.
 *
 * @param memory gives memory for so many elements. It may be the first part's own, in which this lies anywhere
 */
export function joinRows(parts: readonly NdArray[], memory: typeof allocate = allocate): NdArray {
  const [{ shape, dtype }] = parts as [NdArray];
  const count = parts.reduce((sum, part) => sum + (part.shape[0] as number), 0);
  const joined: number[] = [count, ...shape.slice(1)];
  const data = memory(dtype as DType, elementCount(joined));
  let next = 0;
  for (const part of parts) {
    data.set(part.data, next);
    next += part.data.length;
  }
  return { shape: joined, dtype, data };
}
