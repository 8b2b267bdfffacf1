import type { NdArray } from "../../../src/ir/array.js";
import { cut } from "../../../src/ir/cut.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import { isCallable } from "../../../src/ir/isCallable.js";
import { aRecord, checkOptions, flag, type OptionRule } from "../../../src/ir/options.js";
import { isPromise } from "../../data/iterables.js";

/** What stands in a column: numbers, whole numbers, true or false, or text. */
export type CsvKind = "number" | "integer" | "boolean" | "text";

interface ValueOfKind {
  number: number;
  integer: number;
  boolean: boolean;
  text: string;
}

/** A column in which values may be missing. */
export interface CsvColumn<K extends CsvKind = CsvKind> {
  readonly type: K;
  /** What stands for a value that is missing. */
  readonly missing: ValueOfKind[K];
}

/** A column of categories: as their numbers, in this order, or one-hot. */
export interface CsvCategories<H extends boolean | undefined = boolean | undefined> {
  readonly categories: readonly string[];
  /** Whether a category is an array of zeros with a one. @default false */
  readonly oneHot?: H;
  /** The category of a value that is missing, or is none of them. */
  readonly missing?: string;
}

/** What a column is read as: a kind, with or without what stands for missing values; categories; or a function of the text, as for dates. */
export type CsvSchema = Readonly<Record<string, CsvKind | CsvColumn | CsvCategories | ((text: string) => unknown)>>;

/** What a row has in a column. */
export type CsvValue<C> = C extends CsvKind
  ? ValueOfKind[C]
  : C extends { readonly type: infer K extends CsvKind }
    ? ValueOfKind[K]
    : C extends { readonly categories: infer L extends readonly string[] }
      ? C extends { readonly oneHot: true }
        ? NdArray<[L["length"]], "float32">
        : number
      : C extends (text: string) => infer R
        ? R
        : never;

/** A row by its columns. */
export type CsvRow<S extends CsvSchema> = { readonly [Name in keyof S]: CsvValue<S[Name]> };

/** Makes a column's value of its text; what it throws is what is wrong with the text. */
export type ReadText = (text: string, isMissing: boolean) => unknown;

/** What is wrong with a text. */
export class WrongText extends Error {}

const kinds: Readonly<Record<CsvKind, (text: string) => unknown>> = {
  number: toNumber,
  integer(text) {
    const value = toNumber(text);
    if (Number.isInteger(value)) return value;
    throw new WrongText(`${inWords(text)} is no whole number`);
  },
  boolean(text) {
    const word = text.trim().toLowerCase();
    if (["true", "1"].includes(word)) return true;
    if (["false", "0"].includes(word)) return false;
    throw new WrongText(`${inWords(text)} is neither true nor false, nor 1 or 0`);
  },
  text: (text) => text,
};

/** Reads a column as its schema says. */
export function columnReader(column: CsvSchema[string]): ReadText {
  if (typeof column === "function") return (text) => called(column, text);
  if (typeof column === "object" && "categories" in column) return categoryReader(column);
  const read = kinds[typeof column === "string" ? column : column.type];
  return (text, isMissing) => {
    if (!isMissing || (column === "text" && text === "")) return read(text);
    if (typeof column === "object") return column.missing;
    throw new WrongText(`there is no value; say what stands for it: { type: "${column}", missing: … }`);
  };
}

/** What a user's function makes of what stands in a column. */
export function called<V>(read: (value: V) => unknown, value: V): unknown {
  const made = read(value);
  if (made === undefined || Number.isNaN(made) || isPromise(made))
    throw new WrongText(`the function makes ${inWords(made)} of ${inWords(value)}`);
  return made;
}

function categoryReader({ categories, oneHot = false, missing }: CsvCategories): ReadText {
  const indices = new Map(categories.map((name, index) => [name, index]));
  return (text, isMissing) => {
    const index = indices.get(text) ?? (missing === undefined ? undefined : indices.get(missing));
    if (index === undefined && isMissing)
      throw new WrongText("there is no value; say its category: { categories, missing: … }");
    if (index === undefined)
      throw new WrongText(`${inWords(text)} is none of the categories ${cut(categories.join(", "))}`);
    return oneHot ? { shape: [categories.length], dtype: "float32", data: oneAt(index, categories.length) } : index;
  };
}

function oneAt(index: number, length: number): Float32Array {
  const zeros = new Float32Array(length);
  zeros[index] = 1;
  return zeros;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const date = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;

function toNumber(text: string): number {
  const trimmed = text.trim();
  if (decimal.test(trimmed)) {
    const value = Number(trimmed);
    if (Number.isFinite(value)) return value;
    throw new WrongText(`${inWords(text)} is larger than a number can be`);
  }
  if (date.test(trimmed)) {
    throw new WrongText(
      `${inWords(text)} is a date; say what number it is by a function: (text) => Date.parse(text) / 86400000`,
    );
  }
  throw new WrongText(`${inWords(text)} is no number`);
}

const kindNames = Object.keys(kinds);
const listOfTexts = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === "string");

/** What an untyped program may give for a schema. */
export const schemaRule = recordOfColumns({
  takes: `${kindNames.map((name) => `"${name}"`).join(", ")}, { type, missing }, { categories } or a function`,
  accepts: isColumn,
});

/** A rule for a record of columns, each as a rule says. */
export function recordOfColumns(column: OptionRule): OptionRule {
  return {
    takes: `a record of columns, each ${column.takes}`,
    eachNamed: column,
    accepts: (value) =>
      aRecord.accepts(value) &&
      Object.keys(value as object).length > 0 &&
      Object.values(value as object).every(column.accepts),
  };
}

function isColumn(column: unknown): boolean {
  if (isCallable(column) || kindNames.includes(column as string)) return true;
  if (!aRecord.accepts(column)) return false;
  const { type, missing, categories } = column as { type?: unknown; missing?: unknown; categories?: unknown };
  return categories === undefined
    ? kindNames.includes(type as string) && missing !== undefined
    : listOfTexts(categories);
}

const categoryRules = {
  categories: {
    takes: "a list of different texts",
    accepts: (value: unknown) => new Set(value as string[]).size === (value as string[]).length,
  },
  oneHot: flag,
  missing: { takes: "one of the categories", accepts: (value: unknown) => typeof value === "string" },
};

/** @throws SW_VALUE for columns whose categories are twice there, or whose missing value is none of them; for a name that a row cannot have */
export function checkColumns(op: string, columns: CsvSchema): void {
  if (Object.hasOwn(columns, "__proto__"))
    throw new ShapewrightError(
      "SW_VALUE",
      `${op}: no row has a column "__proto__": JavaScript keeps that name for itself`,
      op,
    );
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column !== "object" || !("categories" in column)) continue;
    const missing = {
      ...categoryRules.missing,
      accepts: (value: unknown) => column.categories.includes(value as string),
    };
    checkOptions<CsvCategories>(`${op}: column ${inWords(name)}`, column, { ...categoryRules, missing });
  }
}
