import type { Flow } from "../flow.js";
import { rowsFlow, rowsOf } from "../rows.js";
import { stack } from "../stack.js";

/** As many elements as make a batch, put behind one another; the last may be short. */
export function batchFlow<E>(source: Flow<E>, size: number, dropRemainder: boolean): Flow<unknown> {
  let count = 0;
  return {
    async next() {
      const held: E[] = [];
      while (held.length < size) {
        const elements = await source.next(size - held.length);
        if (elements.length === 0) break;
        for (const element of elements) held.push(element);
      }
      if (held.length === 0 || (dropRemainder && held.length < size)) return [];
      count += held.length;
      return [stack("batch", held, count - held.length)];
    },
    close: () => source.close(),
  };
}

/** The rows of each element, one after the other. */
export function unbatchFlow(source: Flow<unknown>): Flow<unknown> {
  let rows: Flow<unknown> | undefined;
  return {
    async next(atMost) {
      for (;;) {
        const elements = rows ? await rows.next(atMost) : [];
        if (elements.length > 0) return elements;
        const batches = await source.next(1);
        if (batches.length === 0) return [];
        rows = rowsFlow(rowsOf("unbatch", batches[0]));
      }
    },
    close: () => source.close(),
  };
}
