import type { Shape } from "../types/dim.js";
import { allocate, type DataOf, type DType } from "./dtype.js";
import { type Refuse, typedElements } from "./elements.js";
import { ShapewrightError } from "./errors.js";
import { inWords } from "./inWords.js";
import { type DTypeOfArray, dtypeOfArray, isTypedArray, kindOfArray, type TypedArray } from "./typed-arrays.js";

/**
 * Numbers with a shape, in row-major order, on the host: what goes into a session and what comes out of it.
 * Immutable by convention: nothing in Shapewright writes into an array that it was given.
 */
export interface NdArray<out S extends Shape = any, out D extends DType = any> {
  readonly shape: S;
  readonly dtype: D;
  readonly data: DataOf<D>;
}

/** Whether a value is what `array` gives, or looks like it: its parts may be anything. */
export function isArrayRecord(value: unknown): value is NdArray {
  return typeof value === "object" && value !== null && "data" in value && "shape" in value && "dtype" in value;
}

/** The number of elements of a shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A tuple of sizes that is not readonly, for hovers. `array` takes readonly ones: TypeScript 5.9 infers those among arguments. */
type Mutable<S extends readonly number[]> = { -readonly [Axis in keyof S]: S[Axis] };

/** The dtype of an array. `D` stands in no branch: it would be inferred from what the result is wanted as. */
type Taken<A, D> = D extends "bool" ? "bool" : D extends "uint8" ? "uint8" : DTypeOfArray<A>;

/**
 * Gives a typed array a shape. Floats become float32, integers int32: `Float32Array` and `Int32Array` are taken as they are,
 * without copying them; the numbers of others are copied. Those of a `Float64Array` are rounded to the nearest float32;
 * integers of any width are taken where each of them is one of int32. Where bool is asked for, they are 0 and 1; where uint8 is, 0 to
 * 255, and a `Uint8Array` is taken as it is.
 *
 * @throws SW_DATA when the array's length is not the product of the shape, or a number has no place in the dtype
 * @example
 * const images = array(new Float32Array(60000 * 784), [60000, 784]); // NdArray<[60000, 784], "float32">
 * const labels = array(new Uint8Array(60000), [60000]); // NdArray<[60000], "int32">
 * const pixels = array(new Uint8Array(60000 * 784), [60000, 784], "uint8"); // NdArray<[60000, 784], "uint8">
 * const isText = array(new Uint8Array(64 * 12), [64, 12], "bool"); // NdArray<[64, 12], "bool">
 */
export function array<
  A extends TypedArray,
  const S extends readonly number[],
  const D extends "bool" | "uint8" | undefined = undefined,
>(data: A, shape: S, dtype?: D): NdArray<Mutable<S>, Taken<A, D>> {
  if (!isTypedArray(data)) {
    throw refuse(`takes a typed array, such as a Float32Array, got ${inWords(data)}; write new Float32Array(values)`);
  }
  if (dtype !== undefined && dtype !== "bool" && dtype !== "uint8") {
    throw refuse(
      `the dtype is ${inWords(dtype)}, but must be "bool" or "uint8", or left out: it is the typed array's then`,
    );
  }
  const sizes = sizesOf(shape, refuse);
  checkFilled(data.length, sizes, refuse);
  const taken = dtype ?? dtypeOfArray(data);
  const asIs = taken !== "bool" && kindOfArray(data) === kindOfArray(allocate(taken, 0));
  const made = asIs ? { shape: sizes, dtype: taken, data } : typedElements(data, sizes, refuse, taken);
  return made as unknown as NdArray<Mutable<S>, Taken<A, D>>;
}

const refuse = (fault: string) => new ShapewrightError("SW_DATA", `array: ${fault}`, "array");

/** A shape of data, once it has been seen to be one. */
export function sizesOf(shape: unknown, refuse: Refuse): number[] {
  if (!Array.isArray(shape)) throw refuse(`a shape is an array of sizes, got ${inWords(shape)}`);
  const sizes = Array.from<unknown>(shape);
  const wrong = sizes.findIndex((size) => !Number.isInteger(size) || (size as number) < 0);
  if (wrong >= 0) throw refuse(`${inWords(sizes[wrong])} is no size; the shape of data has integers, from 0`);
  return sizes as number[];
}

/** Refuses elements that are not as many as a shape holds. */
export function checkFilled(length: number, shape: readonly number[], refuse: Refuse): void {
  const count = elementCount(shape);
  if (length === count) return;
  throw refuse(`${length} elements do not fill [${shape.join(", ")}], which holds ${count}`);
}

/** An array whose element at flat index i is `element(i)`. */
export function generate<D extends DType>(
  shape: readonly number[],
  dtype: D,
  element: (index: number) => number | boolean,
): NdArray<any, D> {
  const data = allocate(dtype, elementCount(shape));
  for (let i = 0; i < data.length; i++) data[i] = Number(element(i));
  return { shape: shape as Shape, dtype, data };
}
