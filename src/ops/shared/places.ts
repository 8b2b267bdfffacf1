import { ShapewrightError } from "../../ir/errors.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";

/** Refuses indices that name no place of an axis: kernels would read other memory there. */
export function checkPlaces(op: string, indices: ArrayLike<number>, size: number): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (index < 0 || index >= size) throw noPlace(op, index, size);
  }
}

/** The same of a tensor, on backends whose memory is the host's; elsewhere, reading it would hold up every step. */
export function checkPlacesOf(k: KernelRunner, op: string, indices: TensorInfo, size: number): void {
  if (["tensorflow", "wasm", "cpu"].includes(k.backend)) checkPlaces(op, k.read(indices), size);
}

/** The error of an index that names no place. */
export function noPlace(op: string, index: number, size: number): ShapewrightError {
  const places = size === 0 ? "an axis without elements has none" : `there are 0 to ${size - 1}`;
  return new ShapewrightError("SW_DATA", `${op}: the index ${index} is no place of the axis; ${places}`, op);
}
