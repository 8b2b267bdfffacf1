import type { NdArray } from "../../../src/ir/array.js";

/** How many values lie between limits, of which the buckets but the last have one each. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly num: number;
  readonly sum: number;
  readonly sumSquares: number;
  readonly bucketLimit: number[];
  readonly bucket: number[];
}

/** As many as TensorBoard shows. */
const buckets = 30;

/** The finite values of an array in buckets of one width; nothing where there is none. */
export function histogramOf({ data }: NdArray): Histogram | undefined {
  let [min, max, num, sum, sumSquares] = [Infinity, -Infinity, 0, 0, 0];
  for (const value of data) {
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    num += 1;
    sum += value;
    sumSquares += value * value;
  }
  if (num === 0) return undefined;
  // What is all the same lies in one bucket, which has to have a width.
  const count = min === max ? 1 : buckets;
  const width = (max - min) / count || Math.max(1, Math.abs(max)) * 1e-6;
  const bucket = new Array<number>(count).fill(0);
  for (const value of data) {
    if (Number.isFinite(value)) bucket[Math.min(count - 1, Math.floor((value - min) / width))]! += 1;
  }
  const bucketLimit = bucket.map((_, i) => (i === count - 1 && count > 1 ? max : min + width * (i + 1)));
  return { min, max, num, sum, sumSquares, bucketLimit, bucket };
}
