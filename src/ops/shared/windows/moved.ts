import { addDims } from "../../../types/arithmetic.js";
import type { Dim } from "../../../types/dim.js";
import type { Sized } from "./kernels.js";

/** A shape with padding. */
export function paddedShape(shape: readonly Dim[], paddings: readonly (readonly [number, number])[]): Dim[] {
  return shape.map((dim, axis) => addDims(dim, paddings[axis]![0] + paddings[axis]![1]));
}

/** The shape of tensors one after another along an axis, on which their sizes are numbers. */
export function joinedShape(parts: readonly Sized<unknown>[], axis: number): Dim[] {
  const along = parts.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
  return parts[0]!.shape.map((dim, i) => (i === axis ? along : dim));
}
