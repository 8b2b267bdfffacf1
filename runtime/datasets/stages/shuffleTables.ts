import type { NdArray } from "../../../src/ir/array.js";
import { allocate, type DataOf, type DType } from "../../../src/ir/dtype.js";
import { random } from "../../../src/ir/random.js";
import { recycling } from "../../data/recycling.js";
import type { Table, TableFlow } from "../flow.js";
import { columnsOf, copyNumbers, rowCount, rowLength, tableBetween, tableLike } from "../tables.js";

/**
 * Rows in the random order that `shuffle` gives them: its buffer is places that rows are copied into, so that it keeps nothing else alive. A row
 * is drawn, copied out, and the next copied into its place while that is in the processor's cache.
 */
export function shuffleTables(source: TableFlow, epoch: number, size: number, seed: number): TableFlow {
  const generator = random(seed, `shuffle/${epoch}`);
  const memory = recycling();
  let buffer: Places | undefined;
  let isEnded = false;
  const read = async (atMost: number) => {
    const table = isEnded ? undefined : await source.next(atMost);
    if (!table) isEnded = true;
    return table;
  };
  return {
    isNew: true,
    async next(atMost) {
      while ((buffer?.count ?? 0) < size) {
        const table = await read(size - (buffer?.count ?? 0));
        if (!table) break;
        buffer ??= new Places(table);
        buffer.add(table);
      }
      if (!buffer) return undefined;
      const most = Math.min(atMost, mostRows);
      const drawn = tableLike(buffer.like, most, memory);
      const columns = columnsOf(drawn);
      let count = 0;
      while (count < most) {
        const table = await read(most - count);
        if (!table) break;
        const next = columnsOf(table);
        const rows = rowCount(table);
        for (let row = 0; row < rows; row++) {
          const at = generator.integer(buffer.count);
          buffer.read(at, columns, count++);
          buffer.write(at, next, row);
        }
      }
      while (count < most && buffer.count > 0) {
        const at = generator.integer(buffer.count);
        buffer.read(at, columns, count++);
        buffer.remove(at);
      }
      if (count === most) return drawn;
      return count === 0 ? undefined : tableBetween(drawn, 0, count);
    },
    close: () => source.close(),
  };
}

/** So many rows are drawn at a time: a batch may be longer than there are rows. */
const mostRows = 1024;

/** How many bytes of a column are had at a time, about: there may be fewer rows than the buffer could hold. */
const part = 2 ** 20;

/** Places for rows. */
class Places {
  readonly #columns: readonly Column[];
  count = 0;

  /** @param like rows as they will come */
  constructor(readonly like: Table) {
    this.#columns = columnsOf(like).map((column) => {
      const length = rowLength(column);
      const rows = Math.max(1, Math.floor(part / (4 * Math.max(1, length))));
      return { dtype: column.dtype as DType, length, rows, blocks: [] };
    });
  }

  /** Puts rows behind those that are there. */
  add(table: Table): void {
    const columns = columnsOf(table);
    const added = rowCount(table);
    for (let row = 0; row < added; row++) {
      for (const { dtype, length, rows, blocks } of this.#columns) {
        if (this.count === blocks.length * rows) blocks.push(allocate(dtype, rows * length));
      }
      this.write(this.count++, columns, row);
    }
  }

  write(at: number, from: readonly NdArray[], row: number): void {
    for (let i = 0; i < this.#columns.length; i++) {
      const { length, rows, blocks } = this.#columns[i]!;
      copyNumbers(from[i]!.data, row * length, length, blocks[Math.floor(at / rows)]!, (at % rows) * length);
    }
  }

  read(at: number, to: readonly NdArray[], row: number): void {
    for (let i = 0; i < this.#columns.length; i++) {
      const { length, rows, blocks } = this.#columns[i]!;
      copyNumbers(blocks[Math.floor(at / rows)]!, (at % rows) * length, length, to[i]!.data, row * length);
    }
  }

  /** Takes a row out; the last comes into its place. */
  remove(at: number): void {
    this.count--;
    for (const { length, rows, blocks } of this.#columns) {
      const last = blocks[Math.floor(this.count / rows)]!;
      copyNumbers(last, (this.count % rows) * length, length, blocks[Math.floor(at / rows)]!, (at % rows) * length);
    }
  }
}

interface Column {
  readonly dtype: DType;
  /** How many numbers a row has. */
  readonly length: number;
  /** How many rows a block has. */
  readonly rows: number;
  readonly blocks: DataOf<DType>[];
}
