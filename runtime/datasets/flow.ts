import type { NdArray } from "../../src/ir/array.js";
import { inOrder } from "../data/inOrder.js";
import { closing } from "../data/iterables.js";

/** Elements that come as they are asked for. */
export interface Flow<E> {
  /**
   * The next elements: one at least and `atMost` at most; none once they have ended. It is not called again before it has given them,
   * so that it may keep what it likes between two calls.
   */
  next(atMost: number): Promise<readonly E[]>;
  /** Tells that no more is asked for: what is open is closed. */
  close(): Promise<void>;
}

/** Rows that stand column by column: an array that has them along its first axis, or a record of such. */
export type Table = TableOf<NdArray>;

/** What stands where a table has its arrays: one, or a record of such. */
export type TableOf<C> = C | { readonly [name: string]: TableOf<C> };

/** Rows that come in tables, as they are asked for: all of one kind. */
export interface TableFlow {
  /**
   * The next rows: one at least and `atMost` at most; `undefined` once they have ended. They are lent: from the next call on, other rows
   * may stand in their memory.
   */
  next(atMost: number): Promise<Table | undefined>;
  /** Whether they are given instead: each table is in memory of its own, which nobody else holds. */
  readonly isNew?: boolean;
  close(): Promise<void>;
}

/** Where elements come from, or what is done to them. */
export interface Stage<E> {
  /** What is done, from the source on: by it a backup is noticed to be of another source. */
  readonly description: string;
  /** Whether the elements can be gone through only once. */
  readonly isOnce: boolean;
  /** Whether the elements never end. */
  readonly isEndless?: boolean | undefined;
  /** Whether each element is in memory of its own, which nobody else holds. */
  readonly isNew?: boolean;
  /** The elements of an epoch, counted from 0: they follow from its number. */
  open(epoch: number): Flow<E>;
  /**
   * The same elements in tables, where they are rows of those: what puts them together takes them so. An object for each row, and memory that
   * is always new, would be most of what reading them costs.
   */
  readonly tables?: (epoch: number) => TableFlow;
}

/** A stage on another, of whose elements it makes its own. */
export function onStage<E, R>(
  source: Stage<E>,
  word: string,
  through: (flow: Flow<E>, epoch: number) => Flow<R>,
): Stage<R> {
  return {
    description: `${source.description}.${word}`,
    isOnce: source.isOnce,
    isEndless: source.isEndless,
    open: (epoch) => through(source.open(epoch), epoch),
  };
}

/** Whatever has been asked for of a flow, one after another. */
export async function* elementsOf<E>(flow: Flow<E>): AsyncGenerator<E, void, undefined> {
  let hasFailed = false;
  try {
    for (;;) {
      const elements = await flow.next(1);
      if (elements.length === 0) return;
      yield* elements;
    }
  } catch (error) {
    hasFailed = true;
    throw error;
  } finally {
    await closing(() => flow.close(), hasFailed);
  }
}

/** Closes several flows: also those that come after one of which that throws. */
export async function closeAll(flows: Iterable<Pick<Flow<unknown>, "close">>): Promise<void> {
  await inOrder([...flows].map((flow) => flow.close()));
}
