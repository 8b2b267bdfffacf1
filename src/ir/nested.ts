import type { Shape } from "../types/dim.js";
import { elementCount, type NdArray } from "./array.js";
import { allocate, type DType } from "./dtype.js";
import { isElement, notAnElement, placeOf, type Refuse } from "./elements.js";
import { inWords } from "./inWords.js";

/** A number or boolean, or arrays of these of any depth. */
export type Nested = number | boolean | readonly Nested[];

/** The shape of nested arrays: exact for literals, `number` for an array whose length is not known. An empty one has no entries to look at. */
export type NestedShape<V, S extends Shape = []> = Nested extends V
  ? any
  : V extends readonly (infer E)[]
    ? [E] extends [never]
      ? [...S, V["length"]]
      : NestedShape<E, [...S, V["length"]]>
    : S;

/** Arrays within arrays go no deeper than this: what does is cyclic. */
const deepest = 32;

/** Turns nested arrays into an array of a dtype. What is ragged, or no number of that dtype, is refused by its place. */
export function fromNested(value: unknown, dtype: DType, refuse: Refuse): NdArray {
  const shape = nestedShape(value, refuse);
  const data = allocateFor(shape, dtype, refuse);
  let next = 0;
  const fill = (part: unknown, axis: number): void => {
    if (axis === shape.length && !Array.isArray(part)) {
      if (!isElement(part, dtype)) throw refuse(notAnElement(part, dtype, shape, next));
      data[next++] = part as number;
      return;
    }
    if (!Array.isArray(part) || part.length !== shape[axis]) {
      // The numbers before it tell where it is.
      const place = axis === 0 ? "the value" : placeOf(shape.slice(0, axis), rowAt(next, shape, axis));
      throw refuse(`ragged data: ${place} has ${found(part)}, not ${wanted(shape[axis])}`);
    }
    for (let i = 0; i < part.length; i++) fill(part[i], axis + 1);
  };
  fill(value, 0);
  return { shape, dtype, data };
}

/** The shape that the first entries have. */
function nestedShape(value: unknown, refuse: Refuse): number[] {
  const shape: number[] = [];
  for (let part = value; Array.isArray(part); part = part[0]) {
    if (shape.length === deepest) throw refuse(`arrays are nested more than ${deepest} deep; does one contain itself?`);
    shape.push(part.length);
  }
  return shape;
}

function allocateFor(shape: readonly number[], dtype: DType, refuse: Refuse) {
  try {
    return allocate(dtype, elementCount(shape));
  } catch {
    throw refuse(`[${shape.join(", ")}] has more elements than memory can hold`);
  }
}

function rowAt(element: number, shape: readonly number[], axis: number): number {
  return Math.floor(element / elementCount(shape.slice(axis)));
}

function found(part: unknown): string {
  if (Array.isArray(part)) return `${part.length} entries`;
  return typeof part === "number" ? "a number" : inWords(part);
}

function wanted(size: number | undefined): string {
  return size === undefined ? "a number" : `${size} entries`;
}
