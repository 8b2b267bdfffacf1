import { closing } from "../../data/iterables.js";
import type { Flow } from "../flow.js";

/** Asks for the next `size` elements before they are wanted. */
export function prefetchFlow<E>(source: Flow<E>, size: number): Flow<E> {
  const queue: Promise<readonly E[]>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;
  const ask = () => {
    waiting++;
    const asked = last.then(() => (isClosed ? [] : source.next(1)));
    // An error is thrown when its element's turn comes.
    last = asked.then(
      () => waiting--,
      () => waiting--,
    );
    queue.push(asked);
  };
  return {
    async next() {
      while (queue.length <= size) ask();
      return queue.shift()!;
    },
    async close() {
      isClosed = true;
      // A source that is waited for may never give another element.
      const isWaiting = waiting > 0;
      const closed = last.then(() => closing(() => source.close(), isWaiting));
      if (!isWaiting) await closed;
    },
  };
}
