import { giveBack, recycling } from "../../data/recycling.js";
import type { Flow, Table, TableFlow } from "../flow.js";
import { columnsOf, mapTable, rowCount, rowLength, tableLike } from "../tables.js";

/** As many rows as make a batch, each batch in memory of its own; the last may be short. */
export function batchTables(source: TableFlow, size: number, dropRemainder: boolean): Flow<unknown> {
  const memory = recycling();
  /** Puts rows into a batch, which is made anew where it is too small for them. */
  const put = (batch: Table | undefined, count: number, table: Table): Table => {
    const wanted = count + rowCount(table);
    const room = batch ? rowCount(batch) : 0;
    if (wanted > room) {
      const wider = tableLike(table, Math.min(size, Math.max(wanted, 2 * room, usualSize)), memory);
      copyRows(batch, wider, 0);
      copyRows(table, wider, count);
      return wider;
    }
    copyRows(table, batch!, count);
    return batch!;
  };
  return {
    async next() {
      let batch: Table | undefined;
      let count = 0;
      while (count < size) {
        const table = await source.next(size - count);
        if (!table) break;
        if (source.isNew && rowCount(table) === size) return [withLists(table)];
        batch = put(batch, count, table);
        count += rowCount(table);
      }
      if (!batch || (dropRemainder && count < size)) return [];
      return [withLists(count === rowCount(batch) ? batch : beginningOf(batch, count))];
    },
    close: () => source.close(),
  };
}

/** Room for so many rows is made at once: a batch may be longer than there are rows. */
const usualSize = 1024;

function copyRows(from: Table | undefined, to: Table, row: number): void {
  const columns = columnsOf(to);
  for (const [i, column] of (from ? columnsOf(from) : []).entries()) {
    columns[i]!.data.set(column.data, row * rowLength(column));
  }
}

/** The first rows, copied. */
function beginningOf(table: Table, count: number): Table {
  return mapTable(table, (column) => ({
    shape: [count, ...(column.shape as number[]).slice(1)],
    dtype: column.dtype,
    data: column.data.slice(0, count * rowLength(column)),
  }));
}

/** Rows that are numbers become a list, as such elements do. */
function withLists(table: Table): unknown {
  if (!columnsOf(table).some(({ shape }) => shape.length === 1)) return table;
  return mapTable(table, (column) => {
    if (column.shape.length > 1) return column;
    const list = Array.from(column.data, (number) => (column.dtype === "bool" ? number !== 0 : number));
    giveBack(column);
    return list;
  });
}
