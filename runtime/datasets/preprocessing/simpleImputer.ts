import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import { listNames } from "../../../src/ir/nearest.js";
import {
  aRecord,
  checkOptions,
  float32,
  type OptionRule,
  type OptionRules,
  oneOf,
  text,
} from "../../../src/ir/options.js";
import type { Adaptable } from "../../../src/layers/adaptable.js";
import type { SavedPreprocessing } from "../../model-file/about.js";
import { type Many, manyOf } from "./learnt.js";

/** What a number that is missing is made of: of those that are there, or a number that is given. */
export type ImputerStrategy = (typeof strategies)[number];
const strategies = ["mean", "median", "mostFrequent", "constant"] as const;

/** Options of `simpleImputer`. */
export interface SimpleImputerOptions<C extends string> {
  /** The columns in which numbers may be missing. Others stay as they are. */
  readonly columns: readonly C[];
  /**
   * What stands in their place: the `"mean"` of the column's numbers, their `"median"`, the `"mostFrequent"` (the least of those that are as
   * frequent as one another), or `"constant"`, which is `fillValue`.
   *
   * @default "mean"
   */
  readonly strategy?: ImputerStrategy;
  /** What stands there with `"constant"`. @default 0 */
  readonly fillValue?: number;
  /** What stands there, of each column: what it has learnt. */
  readonly statistics?: Readonly<Record<C, number>>;
  /** What it is saved as. @default "simpleImputer" */
  readonly name?: string;
}

/** Puts numbers where some are missing. */
export interface SimpleImputer<C extends string = string> {
  /** @throws SW_DATA when there is no such column, or something else than a number in it */
  <R extends string extends C ? object : Readonly<Record<C, number>>>(row: R): R;
  /** What stands in the place of what is missing, by the columns. */
  readonly statistics: Readonly<Record<C, number>>;
  toJSON(): SavedPreprocessing;
}

/** Rows that are learnt from. */
export type NumberRows<C extends string> = Many<Readonly<Record<C, number | null | undefined>>>;

const kind = "simpleImputer";

const finite: OptionRule = {
  takes: "a finite number of float32",
  accepts: (value) => float32.accepts(value) && Number.isFinite(value),
};

const rules: OptionRules<SimpleImputerOptions<string>> = {
  columns: {
    takes: "a list of different columns",
    accepts: (value) =>
      Array.isArray(value) && value.every(text.accepts) && value.length > 0 && new Set(value).size === value.length,
    required: true,
  },
  strategy: oneOf(strategies),
  fillValue: finite,
  statistics: { takes: "a record of numbers, by the columns", accepts: aRecord.accepts },
  name: text,
};

/**
 * Rows in which numbers were missing (NaN, null or undefined), with the mean, the median or the most frequent of their column in their place,
 * or a number that is given: on the host, before they are fed. scikit-learn's `SimpleImputer`. What it has learnt is saved with the model, as
 * all preprocessing is. Columns of a file may have `missing: NaN`.
 *
 * @param options `columns`; `strategy` ("mean"), `fillValue` (0) for "constant", `statistics`, `name`
 * @returns what completes rows; without statistics, what is to be adapted to rows, but for "constant"
 * @throws SW_VALUE when an option is out of range, or there is no number for a column; `adapt` SW_DATA when a column has no numbers, or something else
 * @example
 * const houses = dataset([{ area: 90, rooms: 3 }, { area: 55, rooms: Number.NaN }, { area: 70, rooms: 2 }]);
 * const complete = await simpleImputer({ columns: ["rooms"], strategy: "median" }).adapt(houses);
 * const rows = houses.map((row) => complete(row)); // of the second, rooms is 2.5
 */
export function simpleImputer<const C extends string>(
  options: SimpleImputerOptions<C> &
    (
      | { readonly statistics: Readonly<Record<C, number>> }
      | { readonly strategy: "constant"; readonly statistics?: undefined }
    ),
): SimpleImputer<C>;
export function simpleImputer<const C extends string>(
  options: SimpleImputerOptions<C> & { readonly statistics?: undefined },
): Adaptable<NumberRows<C>, SimpleImputer<C>>;
export function simpleImputer(
  options: SimpleImputerOptions<string>,
): SimpleImputer | Adaptable<NumberRows<string>, SimpleImputer> {
  checkOptions(kind, options, rules);
  const { strategy = "mean", fillValue, statistics } = options;
  const columns = [...options.columns];
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${kind}: ${fault}`, kind);
  if (fillValue !== undefined && strategy !== "constant") throw refuse('fillValue is for strategy "constant" alone');
  if (statistics !== undefined && strategy === "constant") throw refuse('statistics are not for strategy "constant"');
  const made = (numbers: readonly (readonly [string, number])[]) => imputerOf({ ...options, columns }, numbers);
  if (strategy === "constant") return made(columns.map((name) => [name, fillValue ?? 0]));
  if (statistics) {
    const without = columns.find((name) => !finite.accepts(statistics[name]));
    if (without !== undefined)
      throw refuse(
        `statistics has ${inWords(statistics[without])} for column ${inWords(without)}, which is no ${finite.takes.slice(2)}`,
      );
    return made(columns.map((name) => [name, statistics[name]!]));
  }
  return {
    async adapt(rows) {
      const numbers = new Map(columns.map((name): [string, number[]] => [name, []]));
      for await (const row of manyOf(kind, "rows", rows)) {
        for (const [name, found] of numbers) {
          const number = numberIn(`${kind}.adapt`, row, name);
          if (number !== undefined) found.push(number);
        }
      }
      const learnt = [...numbers].map(([name, found]): [string, number] => {
        if (found.length === 0)
          throw wrong(
            `${kind}.adapt`,
            `column ${inWords(name)} has no numbers; leave it out, or give strategy: "constant"`,
          );
        const number = statistic[strategy](found);
        if (finite.accepts(number)) return [name, number];
        throw wrong(
          `${kind}.adapt`,
          `column ${inWords(name)} has a ${strategy} of ${number}, which is no ${finite.takes.slice(2)}`,
        );
      });
      return made(learnt);
    },
  };
}

const statistic: Readonly<Record<Exclude<ImputerStrategy, "constant">, (numbers: readonly number[]) => number>> = {
  mean: (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length,
  median(numbers) {
    const sorted = Float64Array.from(numbers).sort();
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  },
  mostFrequent(numbers) {
    const counts = new Map<number, number>();
    for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
    const [[most]] = [...counts].sort(([a, m], [b, n]) => n - m || a - b) as [[number, number]];
    return most;
  },
};

function imputerOf(
  { columns, strategy = "mean", fillValue, name = kind }: SimpleImputerOptions<string>,
  numbers: readonly (readonly [string, number])[],
): SimpleImputer {
  const statistics = Object.freeze(Object.fromEntries(numbers));
  const call = (row: Readonly<Record<string, unknown>>) => {
    const complete = { ...row };
    for (const name of columns) complete[name] = numberIn(kind, row, name) ?? statistics[name];
    return complete;
  };
  const config = { columns, strategy, ...(fillValue !== undefined && { fillValue }) };
  const state = strategy === "constant" ? {} : { statistics };
  const toJSON = (): SavedPreprocessing => ({ name, kind, config, state });
  return Object.assign(call as SimpleImputer, { statistics, toJSON });
}

/** What a row has in a column; nothing where it is missing. */
function numberIn(op: string, row: unknown, name: string): number | undefined {
  if (!aRecord.accepts(row)) throw wrong(op, `takes rows, which are records of columns, got ${inWords(row)}`);
  if (!Object.hasOwn(row as object, name))
    throw wrong(op, `a row has no column ${inWords(name)}; it has ${listNames(name, Object.keys(row as object))}`);
  const value = (row as Readonly<Record<string, unknown>>)[name];
  if (value === undefined || value === null || Number.isNaN(value)) return undefined;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw wrong(op, `column ${inWords(name)} has ${inWords(value)}, which is no finite number`);
}

function wrong(op: string, fault: string): ShapewrightError {
  return new ShapewrightError("SW_DATA", `${op}: ${fault}`, kind);
}
