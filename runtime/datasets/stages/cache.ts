import type { Flow, Stage } from "../flow.js";
import { rowsFlow, rowsOf } from "../rows.js";

/**
 * Keeps the elements of the first epoch that is gone through to its end, and gives them from then on. Which epoch comes first must not matter, as
 * after a run that was killed: they are always those of epoch 0.
 */
export function cacheStage<E>(source: Stage<E>): Stage<E> {
  let kept: readonly E[] | undefined;
  return {
    description: `${source.description}.cache`,
    isOnce: false,
    isEndless: source.isEndless,
    open: () =>
      kept ? (rowsFlow(rowsOf("cache", kept)) as Flow<E>) : keepingFlow(source.open(0), (all) => (kept ??= all)),
  };
}

function keepingFlow<E>(source: Flow<E>, keep: (all: readonly E[]) => void): Flow<E> {
  const all: E[] = [];
  return {
    async next(atMost) {
      const elements = await source.next(atMost);
      for (const element of elements) all.push(element);
      if (elements.length === 0) keep(all);
      return elements;
    },
    close: () => source.close(),
  };
}
