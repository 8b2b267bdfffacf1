import { inWords } from "../../src/ir/inWords.js";
import { refused } from "./toArray.js";

/** What gives values one after another. */
export type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

type AnyIterable = Iterable<unknown> | AsyncIterable<unknown>;

/** Whether a value can be gone through, perhaps asynchronously. A text is none. */
export function isIterable(value: unknown): value is AnyIterable {
  return isObject(value) && (isAsync(value) || typeof value[Symbol.iterator] === "function");
}

/** Whether it is an iterator itself, as a generator is: it starts only once. */
export function isIterator(value: object): boolean {
  return "next" in value && typeof value.next === "function";
}

/** @throws SW_DATA where what it gives is no iterator */
export function iteratorOf(op: string, iterable: AnyIterable): AnyIterator {
  const iterator: unknown = isAsync(iterable) ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
  if (isObject(iterator) && isIterator(iterator)) return iterator as unknown as AnyIterator;
  throw refused(`${op}: the source's iterator is ${inWords(iterator)}, which has no next()`);
}

/**
 * Closes an iterator. As in the language's own loops, what it throws then is an error, unless something else has failed before.
 */
export async function closed(iterator: AnyIterator, hasFailed: boolean): Promise<void> {
  await closing(async () => iterator.return?.(), hasFailed);
}

/** The same of what is closed by a function. */
export async function closing(close: () => Promise<unknown>, hasFailed: boolean): Promise<void> {
  await (hasFailed ? close().catch(() => {}) : close());
}

/** Runs something, then closes what it used. */
export async function thenClosed<R>(run: () => Promise<R>, close: () => Promise<unknown>): Promise<R> {
  let hasFailed = true;
  try {
    const result = await run();
    hasFailed = false;
    return result;
  } finally {
    await closing(close, hasFailed);
  }
}

/** Whether a value is there later. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

export function isObject(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === "object" && value !== null;
}

function isAsync(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value && typeof value[Symbol.asyncIterator] === "function";
}
