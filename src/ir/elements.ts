import { allocate, type DataOf, type DType } from "./dtype.js";
import { dtypeFacts } from "./dtypeFacts.js";
import { inWords } from "./inWords.js";
import { alwaysFits, dtypeOfArray, hasBytes, isTypedArray, type TypedArray } from "./typed-arrays.js";

/** Makes the error for what is wrong with data: it says whose data it is. */
export type Refuse = (fault: string) => Error;

/** Whether a value is an element of a dtype as it is, or by rounding to the nearest float32. Booleans are 0 and 1 everywhere. */
export function isElement(value: unknown, dtype: DType): value is number | boolean {
  if (typeof value === "boolean") return true;
  return typeof value === "number" && dtypeFacts[dtype].has(value);
}

/** Says that something is no element of a dtype. */
export function notAnElement(value: unknown, dtype: DType, shape: readonly number[], index: number): string {
  // Types say as much of text, before they could tell its place.
  if (typeof value === "string") return `takes ${dtype}, got text: ${elementAt(shape, index)} is ${inWords(value)}`;
  const outside = typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
  const wanted = outside ? `${dtype} (${dtypeFacts[dtype].range})` : dtype;
  return `takes ${wanted}, but ${elementAt(shape, index)} is ${inWords(value)}`;
}

/** Where an element is, sample first: "element [12, 3]". */
export function elementAt(shape: readonly number[], index: number): string {
  return shape.length === 0 ? "the value" : `element ${placeOf(shape, index)}`;
}

/** The coordinates of an element: "[12, 3]". */
export function placeOf(shape: readonly number[], index: number): string {
  const coordinates: number[] = [];
  let left = index;
  for (const size of [...shape].reverse()) {
    coordinates.unshift(left % size);
    left = Math.floor(left / size);
  }
  return `[${coordinates.join(", ")}]`;
}

/**
 * Numbers as elements of a dtype, in memory of their own. Floats of a wider kind are rounded to the nearest float32.
 *
 * @param refuseAt makes the error for a number that is no element of the dtype
 */
export function toElements<D extends DType>(
  values: TypedArray | readonly unknown[],
  dtype: D,
  refuseAt: (value: unknown, index: number) => Error,
): DataOf<D> {
  const data = allocate(dtype, values.length);
  const typed = isTypedArray(values);
  const fits =
    typed && alwaysFits(values) && (dtypeOfArray(values) === dtype || (dtype === "uint8" && hasBytes(values)));
  if (fits) {
    data.set(values as Exclude<TypedArray, BigInt64Array | BigUint64Array>);
    return data;
  }
  for (let i = 0; i < data.length; i++) {
    const given = values[i];
    // Of an array of bigints all is known; among numbers one is a mistake.
    const value = typed && typeof given === "bigint" ? Number(given) : given;
    if (!isElement(value, dtype)) throw refuseAt(given, i);
    data[i] = value as number;
  }
  return data;
}

/** The numbers of a typed array as those of a dtype, that which it is taken as unless said otherwise, with a shape. */
export function typedElements(
  values: TypedArray,
  shape: readonly number[],
  refuse: Refuse,
  dtype: DType = dtypeOfArray(values),
) {
  const data = toElements(values, dtype, (value, i) => refuse(notAnElement(value, dtype, shape, i)));
  return { shape, dtype, data };
}
