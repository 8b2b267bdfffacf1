import { elementCount, isArrayRecord, type NdArray } from "../../src/ir/array.js";
import { Body } from "../../src/ir/body.js";
import { allocate, type DType } from "../../src/ir/dtype.js";
import { internalError } from "../../src/ir/errors.js";
import { aRecord } from "../../src/ir/options.js";
import { show } from "../../src/types/show.js";
import type { Json, SavedNodes } from "./saved-program.js";

/** What of values JSON has no place for, or not a good one. */
export interface ValueWriter {
  body(body: Body): SavedNodes;
  /** Keeps an array of many numbers elsewhere, and gives the name that it has there. */
  large(array: NdArray): string;
}

/** Gives again what a `ValueWriter` took. */
export interface ValueReader {
  body(saved: SavedNodes): Body;
  large(name: string): NdArray;
}

/** Arrays of more numbers than this are kept outside of the text. */
const most = 32;

/** An attribute of a node as JSON. What JSON has not stands in a record of one entry, whose name no attribute has. */
export function valueToJson(value: unknown, writer: ValueWriter): Json {
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $number: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (value === undefined) return { $undefined: true };
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => valueToJson(part, writer));
  if (value instanceof Body) return { $body: writer.body(value) };
  if (!aRecord.accepts(value)) throw internalError(`a ${typeof value} among attributes cannot be written`);
  if (isArrayRecord(value)) return { $array: arrayToJson(value, writer) };
  return recordToJson(value as object, writer);
}

/** A record, entry by entry. */
export function recordToJson(record: object, writer: ValueWriter): { readonly [key: string]: Json } {
  const entries = Object.entries(record).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([name, part]) => [name, valueToJson(part, writer)]));
}

/** What `valueToJson` was given. */
export function valueFromJson(json: Json, reader: ValueReader): unknown {
  if (Array.isArray(json)) return json.map((part: Json) => valueFromJson(part, reader));
  if (typeof json !== "object" || json === null) return json;
  const { $number, $undefined, $body, $array } = json as { readonly [key: string]: Json };
  if ($number !== undefined) return Number($number);
  if ($undefined !== undefined) return undefined;
  if ($body !== undefined) return reader.body($body as unknown as SavedNodes);
  if ($array !== undefined) return arrayFromJson($array as unknown as SavedArray, reader);
  return recordFromJson(json as { readonly [key: string]: Json }, reader);
}

/** What `recordToJson` was given. */
export function recordFromJson(json: { readonly [key: string]: Json }, reader: ValueReader): object {
  return Object.fromEntries(Object.entries(json).map(([name, part]) => [name, valueFromJson(part, reader)]));
}

/** Numbers with a shape: in the text, or under a name outside of it. */
type SavedArray = { readonly dtype: DType; readonly shape: readonly number[] } & (
  | { readonly values: readonly Json[] }
  | { readonly tensor: string }
);

function arrayToJson(array: NdArray, writer: ValueWriter): Json {
  const { dtype, shape, data } = array;
  if (data.length > most) return { dtype, shape, tensor: writer.large(array) };
  return { dtype, shape, values: Array.from(data as ArrayLike<number>, (value) => valueToJson(value, writer)) };
}

function arrayFromJson(saved: SavedArray, reader: ValueReader): NdArray {
  const { dtype, shape } = saved;
  const values =
    "tensor" in saved ? reader.large(saved.tensor).data : saved.values.map((part) => valueFromJson(part, reader));
  if (values.length !== elementCount(shape)) throw new Error(`${values.length} numbers do not fill ${show(shape)}`);
  const data = allocate(dtype, values.length);
  data.set(values as ArrayLike<number>);
  return { shape, dtype, data };
}
