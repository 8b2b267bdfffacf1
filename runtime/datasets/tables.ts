import { elementCount, type NdArray } from "../../src/ir/array.js";
import type { allocate, DataOf, DType } from "../../src/ir/dtype.js";
import { isTypedArray } from "../../src/ir/typed-arrays.js";
import { rowsBetween } from "../data/rows.js";
import type { Flow, Stage, Table, TableFlow, TableOf } from "./flow.js";
import { rowsFlow, rowsOf } from "./rows.js";

/** Whether a table is a column itself. A record of columns may have any names. */
function isColumn(table: Table): table is NdArray {
  return isTypedArray(table.data);
}

/** The arrays of a table, in its order. */
export function columnsOf(table: Table): readonly NdArray[] {
  return isColumn(table) ? [table] : Object.values(table).flatMap(columnsOf);
}

/** What is made of a table's arrays, in their places. */
export function mapTable<R>(table: Table, change: (column: NdArray) => R): TableOf<R> {
  if (isColumn(table)) return change(table);
  return Object.fromEntries(Object.entries(table).map(([name, part]) => [name, mapTable(part, change)]));
}

/** How many rows a table has. */
export function rowCount(table: Table): number {
  return columnsOf(table)[0]!.shape[0] as number;
}

/** How many numbers a row has in a column. */
export function rowLength({ shape }: NdArray): number {
  return elementCount((shape as number[]).slice(1));
}

/** A table for so many rows like those of another. */
export function tableLike(table: Table, count: number, memory: typeof allocate): Table {
  return mapTable(table, (column) => ({
    shape: [count, ...(column.shape as number[]).slice(1)],
    dtype: column.dtype,
    data: memory(column.dtype as DType, count * rowLength(column)),
  }));
}

/** The rows of a table from `begin` up to `end`, without copying them. */
export function tableBetween(table: Table, begin: number, end: number): Table {
  return mapTable(table, (column) => rowsBetween(column, begin, end));
}

/** Copies numbers from one place to another. */
export function copyNumbers(from: DataOf<DType>, begin: number, length: number, to: DataOf<DType>, at: number): void {
  // Of a few numbers, a view of them would take longer than they do.
  if (length < 16) for (let i = 0; i < length; i++) to[at + i] = from[begin + i]!;
  else to.set(from.subarray(begin, begin + length), at);
}

/** Tables as they come, given out in pieces. */
export class Pieces {
  #table: Table | undefined;
  #begin = 0;
  #end = 0;
  constructor(readonly next: (atMost: number) => Promise<Table | undefined>) {}

  /** How many rows are there of the table that is being given out, or else of the next, which may have `atMost`: none once all have ended. */
  async ready(atMost: number): Promise<number> {
    if (this.#begin === this.#end) {
      this.#table = await this.next(atMost);
      this.#begin = 0;
      this.#end = this.#table === undefined ? 0 : rowCount(this.#table);
    }
    return this.#end - this.#begin;
  }

  /** The next rows, of those that are ready. */
  take(count: number): Table {
    const begin = this.#begin;
    this.#begin += count;
    return tableBetween(this.#table!, begin, this.#begin);
  }
}

/** A stage whose elements are the rows of tables. */
export function tableStage(from: Omit<Stage<unknown>, "open">, tables: (epoch: number) => TableFlow): Stage<unknown> {
  const { description, isOnce, isEndless } = from;
  return { description, isOnce, isEndless, tables, open: (epoch) => rowsOfTables(tables(epoch)) };
}

/** So many rows are copied at a time where they are taken one by one. */
const mostRows = 256;

/** The rows of tables, one by one: views of copies, since the tables are lent. */
function rowsOfTables(source: TableFlow): Flow<unknown> {
  let rows: Flow<unknown> | undefined;
  return {
    async next(atMost) {
      const left = rows ? await rows.next(atMost) : [];
      if (left.length > 0) return left;
      const table = await source.next(Math.min(atMost, mostRows));
      if (!table) return [];
      const own = source.isNew ? table : mapTable(table, (column) => ({ ...column, data: column.data.slice() }));
      rows = rowsFlow(rowsOf("unbatch", own));
      return rows.next(atMost);
    },
    close: () => source.close(),
  };
}
