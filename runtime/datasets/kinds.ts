import type { NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { isTypedArray } from "../../src/ir/typed-arrays.js";

export type AnyRecord = Readonly<Record<string, unknown>>;

/** Whether a value is numbers with their shape, as `array` gives them. */
export function isArray(value: unknown): value is NdArray {
  return (
    typeof value === "object" &&
    value !== null &&
    "shape" in value &&
    "dtype" in value &&
    "data" in value &&
    isTypedArray(value.data)
  );
}

/** Whether a value is a record of parts, and not an object of some class. */
export function isRecord(value: unknown): value is AnyRecord {
  if (typeof value !== "object" || value === null || isArray(value)) return false;
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
