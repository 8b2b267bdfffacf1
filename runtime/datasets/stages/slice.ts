import type { Flow, TableFlow } from "../flow.js";
import { rowCount } from "../tables.js";

/** The first `count` elements. */
export function takeFlow<E>(source: Flow<E>, count: number): Flow<E> {
  let left = count;
  return {
    async next(atMost) {
      if (left === 0) return [];
      const elements = await source.next(Math.min(atMost, left));
      left -= elements.length;
      return elements;
    },
    close: () => source.close(),
  };
}

/** All but the first `count` elements. */
export function skipFlow<E>(source: Flow<E>, count: number): Flow<E> {
  let left = count;
  return {
    async next(atMost) {
      while (left > 0) {
        const { length } = await source.next(left);
        if (length === 0) return [];
        left -= length;
      }
      return source.next(atMost);
    },
    close: () => source.close(),
  };
}

/** The first `count` rows. */
export function takeTables(source: TableFlow, count: number): TableFlow {
  let left = count;
  return {
    ...source,
    async next(atMost) {
      const table = left === 0 ? undefined : await source.next(Math.min(atMost, left));
      if (table) left -= rowCount(table);
      return table;
    },
  };
}

/** All but the first `count` rows. */
export function skipTables(source: TableFlow, count: number): TableFlow {
  let left = count;
  return {
    ...source,
    async next(atMost) {
      while (left > 0) {
        const table = await source.next(left);
        if (!table) return undefined;
        left -= rowCount(table);
      }
      return source.next(atMost);
    },
  };
}
