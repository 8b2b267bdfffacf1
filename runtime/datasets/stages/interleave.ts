import { closeAll, type Flow } from "../flow.js";

/** Opens a flow for each element, `cycleLength` at a time, and takes one element of each in turn. */
export function interleaveFlow<E, R>(source: Flow<E>, open: (element: E) => Flow<R>, cycleLength: number): Flow<R> {
  const cycle: Flow<R>[] = [];
  let turn = 0;
  let isEnded = false;
  return {
    async next() {
      for (;;) {
        while (!isEnded && cycle.length < cycleLength) {
          const elements = await source.next(1);
          isEnded = elements.length === 0;
          for (const element of elements) cycle.push(open(element));
        }
        if (cycle.length === 0) return [];
        turn %= cycle.length;
        const elements = await cycle[turn]!.next(1);
        if (elements.length > 0) {
          turn++;
          return elements;
        }
        const [ended] = cycle.splice(turn, 1);
        await ended!.close();
      }
    },
    close: () => closeAll([...cycle, source]),
  };
}
