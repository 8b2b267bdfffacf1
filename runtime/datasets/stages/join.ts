import { closeAll, type Flow, type Stage, type TableFlow } from "../flow.js";
import { Pieces } from "../tables.js";

/** Flows one after another: each is opened when the one before has ended. */
export function chainFlow<E>(open: (count: number) => Flow<E> | undefined): Flow<E> {
  let count = 0;
  let current: Flow<E> | undefined;
  return {
    async next(atMost) {
      for (;;) {
        current ??= open(count++);
        if (!current) return [];
        const elements = await current.next(atMost);
        if (elements.length > 0) return elements;
        const ended = current;
        current = undefined;
        await ended.close();
      }
    },
    close: async () => current?.close(),
  };
}

/** All elements of a stage `times` times, each with the order of an epoch of its own; one that is empty stays so. */
export function repeatFlow<E>(source: Stage<E>, epoch: number, times: number): Flow<E> {
  const begin = epoch * Math.min(times, mostRounds);
  let given = 1;
  return chainFlow((count) => {
    if (count >= times || given === 0) return undefined;
    const flow = source.open(begin + count);
    given = 0;
    return {
      async next(atMost) {
        const elements = await flow.next(atMost);
        given += elements.length;
        return elements;
      },
      close: () => flow.close(),
    };
  });
}

/** What endless repetition counts as, so that the rounds of an epoch are not those of another. */
const mostRounds = 2 ** 20;

/** Elements of several flows side by side, in records; it ends with the first that does. */
export function zipFlow(flows: Readonly<Record<string, Flow<unknown>>>): Flow<unknown> {
  const parts = Object.entries(flows).map(([name, flow]) => ({ name, flow, held: [] as readonly unknown[] }));
  return {
    async next(atMost) {
      for (const part of parts) {
        if (part.held.length === 0) part.held = await part.flow.next(atMost);
        if (part.held.length === 0) return [];
      }
      const count = Math.min(...parts.map(({ held }) => held.length));
      const records = Array.from({ length: count }, (_, i) =>
        Object.fromEntries(parts.map(({ name, held }) => [name, held[i]])),
      );
      for (const part of parts) part.held = part.held.slice(count);
      return records;
    },
    close: () => closeAll(parts.map(({ flow }) => flow)),
  };
}

/** The same of rows in tables: of each table as many as are there of all. */
export function zipTables(flows: Readonly<Record<string, TableFlow>>): TableFlow {
  const parts = Object.entries(flows).map(([name, flow]) => {
    return { name, flow, pieces: new Pieces((atMost) => flow.next(atMost)) };
  });
  return {
    async next(atMost) {
      let count = atMost;
      for (const { pieces } of parts) {
        count = Math.min(count, await pieces.ready(atMost));
        if (count === 0) return undefined;
      }
      return Object.fromEntries(parts.map(({ name, pieces }) => [name, pieces.take(count)]));
    },
    close: () => closeAll(parts.map(({ flow }) => flow)),
  };
}
