import { ShapewrightError } from "../../../src/ir/errors.js";
import { inOrder } from "../../data/inOrder.js";
import { isPromise } from "../../data/iterables.js";
import type { Flow } from "../flow.js";

/** Where an element is: for what depends on it, such as random numbers that are drawn for an element. */
export interface Place {
  /** From 0. */
  readonly epoch: number;
  /** In the epoch, from 0. */
  readonly index: number;
}

/** Makes an element of each, up to `parallelCalls` at a time where that takes a while. */
export function mapFlow<E, R>(
  source: Flow<E>,
  epoch: number,
  change: (element: E, place: Place) => R | PromiseLike<R>,
  parallelCalls: number,
): Flow<R> {
  let index = 0;
  return {
    async next(atMost) {
      const made: R[] = [];
      const elements = await source.next(atMost);
      for (let begin = 0; begin < elements.length; begin += parallelCalls) {
        const begun = elements.slice(begin, begin + parallelCalls).map((element) => {
          const place = { epoch, index: index++ };
          return called("map", place.index, () => change(element, place));
        });
        const ended = (begun.some(isPromise) ? await inOrder(begun) : begun) as R[];
        for (const one of ended) made.push(one);
      }
      return made;
    },
    close: () => source.close(),
  };
}

/** Only the elements of which something is true. */
export function filterFlow<E>(source: Flow<E>, isKept: (element: E) => boolean | PromiseLike<boolean>): Flow<E> {
  let index = 0;
  return {
    async next(atMost) {
      for (;;) {
        const elements = await source.next(atMost);
        const kept: E[] = [];
        for (const element of elements) {
          const is = called("filter", index++, () => isKept(element));
          if (isPromise(is) ? await is : is) kept.push(element);
        }
        if (kept.length > 0 || elements.length === 0) return kept;
      }
    },
    close: () => source.close(),
  };
}

/** Calls what the user gave for an element; an error says for which. */
function called<R>(op: string, index: number, call: () => R | PromiseLike<R>): R | PromiseLike<R> {
  const named = (error: unknown): never => {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof ShapewrightError ? error.code : "SW_DATA";
    throw Object.assign(new ShapewrightError(code, `${op}: element ${index}: ${message}`, op), { cause: error });
  };
  try {
    const result = call();
    return isPromise(result) ? Promise.resolve(result).catch(named) : result;
  } catch (error) {
    return named(error);
  }
}
