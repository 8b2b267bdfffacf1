import { elementCount, type NdArray } from "../../../ir/array.js";

/** Numbers of which no two within a few windows are equal: samples for a maximum. */
export function scattered(shape: number[], offset = 0): NdArray {
  const data = Float32Array.from({ length: elementCount(shape) }, (_, i) => (((i + offset) * 29) % 101) / 25 - 2);
  return { shape, dtype: "float32", data };
}
