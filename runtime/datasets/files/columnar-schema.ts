import type { NdArray } from "../../../src/ir/array.js";
import { inWords } from "../../../src/ir/inWords.js";
import { isCallable } from "../../../src/ir/isCallable.js";
import { aRecord } from "../../../src/ir/options.js";
import { isTypedArray } from "../../../src/ir/typed-arrays.js";
import {
  type CsvCategories,
  type CsvColumn,
  type CsvKind,
  type CsvValue,
  called,
  columnReader,
  recordOfColumns,
  WrongText,
} from "./csv-columns.js";

/** A column of lists of numbers, each of this size. */
export interface ColumnarVector<N extends number = number> {
  readonly vector: N;
}

/** A column that a function reads, in which values may be missing. */
export interface ColumnarRead<R = unknown> {
  readonly read: (value: unknown) => R;
  /** What stands for a value that is missing. */
  readonly missing: R;
}

/** What a column is read as: as in a `CsvSchema`, or vectors. A function is given the value, such as a `Date`, and never null. */
export type ColumnarSchema = Readonly<
  Record<string, CsvKind | CsvColumn | CsvCategories | ColumnarVector | ColumnarRead | ((value: unknown) => unknown)>
>;

/** What a row has in a column. */
export type ColumnarValue<C> = C extends { readonly vector: infer N extends number }
  ? NdArray<[N], "float32">
  : C extends { readonly read: (value: unknown) => infer R }
    ? R
    : C extends (value: unknown) => infer R
      ? R
      : CsvValue<C>;

/** A row by its columns. */
export type ColumnarRow<S extends ColumnarSchema> = { readonly [Name in keyof S]: ColumnarValue<S[Name]> };

/** Makes a column's value of what the file has; what it throws is what is wrong with that. */
export type ReadValue = (value: unknown) => unknown;

const kinds: Readonly<Record<CsvKind, ReadValue>> = {
  number: toNumber,
  integer(value) {
    const number = toNumber(value);
    if (Number.isInteger(number)) return number;
    throw new WrongText(`${number} is no whole number`);
  },
  boolean(value) {
    if (typeof value === "boolean") return value;
    throw new WrongText(`${worded(value)} is neither true nor false`);
  },
  text(value) {
    if (typeof value === "string") return value;
    throw new WrongText(`${worded(value)} is no text`);
  },
};

/** Reads a column as its schema says. */
export function valueReader(column: ColumnarSchema[string]): ReadValue {
  if (typeof column === "function") return present((value) => called(column, value), "{ read, missing: … }");
  if (typeof column === "string") return present(kinds[column], `{ type: "${column}", missing: … }`);
  if ("vector" in column) return present((value) => toVector(value, column.vector), "{ read, missing: … }");
  if ("categories" in column) return categoryReader(column);
  const read: ReadValue = "read" in column ? (value) => called(column.read, value) : kinds[column.type];
  return (value) => (isMissing(value) ? column.missing : read(value));
}

/** NaN is what many writers put where there is no number. */
function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function present(read: ReadValue, instead: string): ReadValue {
  return (value) => {
    if (isMissing(value)) {
      const what = Number.isNaN(value) ? "is NaN" : "is no value";
      throw new WrongText(`there ${what}; say what stands for it: ${instead}`);
    }
    return read(value);
  };
}

function categoryReader(column: CsvCategories): ReadValue {
  const read = columnReader(column);
  return (value) => {
    if (isMissing(value)) return column.missing === undefined ? read("", true) : read(column.missing, false);
    return read(kinds.text(value) as string, false);
  };
}

function toVector(value: unknown, size: number): NdArray {
  if (!Array.isArray(value) && !isTypedArray(value)) throw new WrongText(`${worded(value)} is no list of numbers`);
  if (value.length !== size) throw new WrongText(`there is a list of ${value.length}, not ${size}`);
  const data = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    if (isMissing(value[i])) throw new WrongText(`its list has no number at place ${i}`);
    data[i] = toNumber(value[i]);
  }
  return { shape: [size], dtype: "float32", data };
}

function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") {
    if (BigInt.asIntN(54, value) === value) return Number(value);
    throw new WrongText(`${value} is beyond ±2^53, where numbers are no longer exact; say what it is by a function`);
  }
  if (value instanceof Date) {
    throw new WrongText(
      `${worded(value)} is a date; say what number it is by a function: (date) => Number(date) / 86400000`,
    );
  }
  throw new WrongText(`${worded(value)} is no number`);
}

/** A value, as messages name it. */
function worded(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(Number(value)) ? "a time" : value.toISOString();
  if (value instanceof Uint8Array) return `a row of ${value.length} bytes`;
  return typeof value === "bigint" ? String(value) : inWords(value);
}

const kindNames = Object.keys(kinds);

/** What an untyped program may give for a schema. */
export const columnarSchemaRule = recordOfColumns({
  takes: `${kindNames.map((name) => `"${name}"`).join(", ")}, { type, missing }, { categories }, { vector: size }, { read, missing } or a function`,
  accepts: isColumn,
});

function isColumn(column: unknown): boolean {
  if (isCallable(column) || kindNames.includes(column as string)) return true;
  if (!aRecord.accepts(column)) return false;
  const { type, missing, categories, vector, read } = column as Record<string, unknown>;
  if (vector !== undefined) return Number.isSafeInteger(vector) && (vector as number) > 0;
  if (categories !== undefined) {
    return Array.isArray(categories) && categories.length > 0 && categories.every((entry) => typeof entry === "string");
  }
  return missing !== undefined && (isCallable(read) || kindNames.includes(type as string));
}
