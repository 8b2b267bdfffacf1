import { inWords } from "../../src/ir/inWords.js";
import { isCallable } from "../../src/ir/isCallable.js";
import { isTypedArray } from "../../src/ir/typed-arrays.js";
import { type AnyIterator, closed, isIterable, isIterator, isPromise, iteratorOf } from "../data/iterables.js";
import type { Flow, Stage } from "./flow.js";
import { isRecord, looksLikeArray, refusedElements } from "./kinds.js";
import { type Rows, rowsFlow, rowsOf } from "./rows.js";

/** What a dataset is made of, as an untyped program may give it. */
export function sourceStage(source: unknown): Stage<unknown> {
  const op = "dataset";
  if (isCallable(source)) {
    return { description: op, isOnce: false, open: (epoch) => flowOf(op, source(epoch)) };
  }
  if (looksLikeArray(source) || isTypedArray(source) || Array.isArray(source) || isRecord(source)) {
    if (!isIterable(source) || Array.isArray(source) || isTypedArray(source)) return rowsStage(rowsOf(op, source));
  }
  if (isIterable(source)) return iterableStage(op, source);
  throw refusedElements(op, `takes arrays, an iterable, or a function that gives one, got ${inWords(source)}`);
}

/** Rows one after the other. */
function rowsStage(rows: Rows): Stage<unknown> {
  return {
    description: `dataset(${rows.count})`,
    isOnce: false,
    open: () => rowsFlow(rows),
  };
}

function iterableStage(op: string, source: object): Stage<unknown> {
  const isOnce = isIterator(source);
  let isOpen = false;
  return {
    description: op,
    isOnce,
    open() {
      if (isOnce && isOpen) throw refusedElements(op, `the source can be gone through once; ${afresh}`);
      isOpen = true;
      return flowOf(op, source);
    },
  };
}

const afresh = "give a function that starts it afresh: dataset(() => elements())";

/** Elements of an iterable, of which no more are taken than are asked for. */
function flowOf(op: string, iterable: unknown): Flow<unknown> {
  if (!isIterable(iterable)) throw refusedElements(op, `the source gave ${inWords(iterable)}, which is no iterable`);
  let iterator: AnyIterator | undefined;
  let state = "given" as "given" | "asked" | "ended";
  return {
    async next(atMost) {
      iterator ??= iteratorOf(op, iterable);
      const elements: unknown[] = [];
      while (state !== "ended" && elements.length < atMost) {
        state = "asked";
        try {
          // What is there is not waited for: that would take longer than the element itself.
          const asked: unknown = iterator.next();
          const result = (isPromise(asked) ? await asked : asked) as IteratorResult<unknown>;
          state = result.done ? "ended" : "given";
          if (!result.done) elements.push(isPromise(result.value) ? await result.value : result.value);
        } catch (error) {
          // What its own `next` throws, ends an iterator.
          if (state === "asked") state = "ended";
          throw error;
        }
      }
      return elements;
    },
    async close() {
      const isWaiting = state === "asked";
      const isEnded = state === "ended";
      state = "ended";
      if (!iterator || isEnded) return;
      // One that is still waiting can't be waited for: it may never give another element.
      const closing = closed(iterator, isWaiting);
      if (!isWaiting) await closing;
    },
  };
}
