import { isArrayRecord, type NdArray } from "../../src/ir/array.js";
import { dtypes } from "../../src/ir/dtype.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { inWords } from "../../src/ir/inWords.js";
import { isTypedArray } from "../../src/ir/typed-arrays.js";

/** All but `unknown`. A dataset of whatever is one of `unknown`, too, and so have its batches and rows to be. */
export type Known = object | string | number | boolean | bigint | symbol | null | undefined;

export type AnyRecord = Readonly<Record<string, unknown>>;

/**
 * A value that looks like numbers with their shape, as `array` gives them; nothing where it does not.
 *
 * @throws what `refuse` gives where they are none, as after a way through JSON
 */
export function arrayIn(value: unknown, refuse: (fault: string) => Error): NdArray | undefined {
  if (!looksLikeArray(value)) return undefined;
  const { shape, data } = value;
  if (isTypedArray(data) && Array.isArray(shape)) return value;
  const [part, is] = isTypedArray(data) ? ["shape", shape] : ["data", data];
  throw refuse(`takes arrays, got one whose ${part} is ${inWords(is)}; write array(new Float32Array(values), shape)`);
}

/** Whether it has an array's parts, of which one names a dtype: parts of any record may be called as an array's are. */
export function looksLikeArray(value: unknown): value is NdArray {
  return isArrayRecord(value) && dtypes.some((dtype) => dtype === value.dtype);
}

/** Whether a value is a record of parts, and not an object of some class. */
export function isRecord(value: unknown): value is AnyRecord {
  if (typeof value !== "object" || value === null || looksLikeArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The name of a part within a record, for messages: `inputs.image`. */
export function partName(path: readonly string[]): string {
  return path.length === 0 ? "" : `${path.join(".")}: `;
}

/** An error about elements. */
export function refusedElements(op: string, fault: string): ShapewrightError {
  return new ShapewrightError("SW_DATA", `${op}: ${fault}`, op);
}
