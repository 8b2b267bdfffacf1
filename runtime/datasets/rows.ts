import { elementCount, type NdArray } from "../../src/ir/array.js";
import { inWords } from "../../src/ir/inWords.js";
import { isTypedArray, type TypedArray } from "../../src/ir/typed-arrays.js";
import type { Shape } from "../../src/types/dim.js";
import type { Flow } from "./flow.js";
import { arrayIn, isRecord, type Known, partName, refusedElements } from "./kinds.js";

/** What an array, a list or a record of them has at one place of its first axis. */
export type Row<X> =
  X extends NdArray<infer S, infer D>
    ? S extends readonly [unknown]
      ? D extends "bool"
        ? boolean
        : number
      : S extends readonly [unknown, ...infer Rest extends Shape]
        ? NdArray<Rest, D>
        : NdArray<any, D> | number | boolean
    : X extends TypedArray
      ? number
      : X extends readonly (infer E)[]
        ? E
        : X extends object
          ? { readonly [K in keyof X]: Row<X[K]> }
          : [X] extends [Known]
            ? never
            : unknown;

/** Rows that are taken by their numbers. */
export interface Rows {
  readonly count: number;
  row(index: number): unknown;
}

/** Rows one after the other. */
export function rowsFlow({ count, row }: Rows): Flow<unknown> {
  let at = 0;
  return {
    async next(atMost) {
      const begin = at;
      at = Math.min(count, begin + atMost);
      return Array.from({ length: at - begin }, (_, i) => row(begin + i));
    },
    async close() {},
  };
}

/**
 * The rows of an array, a list, or a record of these, along the first axis. Nothing is copied.
 *
 * @throws SW_DATA for what has no rows, and where parts have different numbers of them
 */
export function rowsOf(op: string, value: unknown, path: readonly string[] = []): Rows {
  const refuse = (fault: string) => refusedElements(op, `${partName(path)}${fault}`);
  const array = arrayIn(value, refuse);
  if (array) return rowsOfArray(array, refuse);
  if (Array.isArray(value)) return { count: value.length, row: (index) => value[index] };
  if (isTypedArray(value)) return { count: value.length, row: (index) => Number(value[index]) };
  if (!isRecord(value)) throw refuse(`takes arrays, or records of arrays, got ${inWords(value)}`);
  const parts = Object.entries(value).map(([name, part]) => [name, rowsOf(op, part, [...path, name])] as const);
  const [first, ...others] = parts;
  if (!first) throw refuse("takes a record of arrays, got one that is empty");
  const [name, { count }] = first;
  const odd = others.find(([, rows]) => rows.count !== count);
  if (odd) throw refuse(`${odd[0]} has ${odd[1].count} rows, but ${name} has ${count}`);
  return {
    count,
    row(index) {
      const row: Record<string, unknown> = {};
      for (const [name, rows] of parts) row[name] = rows.row(index);
      return row;
    },
  };
}

function rowsOfArray({ shape, dtype, data }: NdArray, refuse: (fault: string) => Error): Rows {
  const [count, ...rest] = shape as readonly number[];
  if (count === undefined) throw refuse("a scalar has no rows");
  if (rest.length === 0) {
    const isBool = dtype === "bool";
    return { count, row: (index) => (isBool ? data[index] !== 0 : data[index]) };
  }
  const length = elementCount(rest);
  return {
    count,
    row: (index) => ({ shape: rest, dtype, data: data.subarray(index * length, (index + 1) * length) }),
  };
}
