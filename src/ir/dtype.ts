import type { DType } from "../types/dtype.js";
import { inWords } from "./inWords.js";

export type { DType };

/** The typed array that holds elements of a dtype; booleans are bytes, 0 or 1. */
export type DataOf<D extends DType> = {
  float32: Float32Array;
  int32: Int32Array;
  bool: Uint8Array;
  uint8: Uint8Array;
}[D];

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array, uint8: Uint8Array } as const;

/** All dtypes. */
export const dtypes = Object.keys(arrays) as readonly DType[];

/** How many bytes an element has, on the host and in TensorFlow. */
export function bytesPerElement(dtype: DType): number {
  return arrays[dtype].BYTES_PER_ELEMENT;
}

/** A zero-filled typed array for `length` elements of a dtype. */
export function allocate<D extends DType>(dtype: D, length: number): DataOf<D> {
  return new arrays[dtype](length) as DataOf<D>;
}

/** The dtype that tfjs holds elements in: it has no uint8. */
export function heldByTfjs(dtype: DType): "float32" | "int32" | "bool" {
  return dtype === "uint8" ? "int32" : dtype;
}

/** The message for what is no dtype, if it is none. */
export function checkDTypeName(op: string, dtype: unknown): string | undefined {
  if (dtypes.some((name) => name === dtype)) return undefined;
  if (typeof dtype !== "string") return `${op}: the dtype is a text, such as "int32", got ${inWords(dtype)}`;
  return `${op}: there is no dtype ${inWords(dtype)}; there are ${dtypes.join(", ")}`;
}
