import type { Flow } from "../flow.js";

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
