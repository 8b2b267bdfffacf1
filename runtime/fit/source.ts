import { ShapewrightError } from "../../src/ir/errors.js";
import { handOver } from "../../src/ir/handed-over.js";
import { inWords } from "../../src/ir/inWords.js";
import { isCallable } from "../../src/ir/isCallable.js";
import type { OptionRule } from "../../src/ir/options.js";
import {
  type AnyIterator,
  closed,
  isIterable,
  isIterator,
  isObject,
  isPromise,
  iteratorOf,
} from "../data/iterables.js";
import type { IsNone } from "../data/model-data.js";
import { refused } from "../data/toArray.js";
import type { Interrupt } from "./interrupt.js";

/** What can be gone through: once, where it is an iterator itself, as a generator is. */
export type Batches<B> = Iterable<B> | AsyncIterable<B>;

/**
 * Where batches come from, one after another: what can be gone through, or a function that starts it afresh for each epoch,
 * whose number it is given, from 0.
 */
export type Source<B> = Batches<B> | ((epoch: number) => Batches<B>) | Epochs<B>;

/** What can be gone through in each epoch, in an order that follows from its number: a `dataset`. */
export interface Epochs<B> {
  /** The batches of an epoch, counted from 0. */
  epoch(number: number): Batches<B>;
  /** Whether there is no second epoch. */
  readonly isOnce: boolean;
  /** Whether an epoch never ends. */
  readonly isEndless?: boolean;
  /** Whether each batch is in memory of its own, which nobody else holds. */
  readonly isNew: boolean;
  /** What it consists of: a run does not go on with anything else. */
  readonly description: string;
}

/** Samples with their targets, as a source gives them. */
export interface Batch<X, Y, S = unknown> {
  readonly inputs: X;
  readonly target: Y;
  /** Weights, for programs that are compiled with them. */
  readonly sampleWeight?: S;
}

/** The batches of a program, which has no targets where its model computes the loss itself. */
export type BatchOf<T, X, Y, S> =
  IsNone<T> extends true ? { readonly inputs: X; readonly target?: undefined } : Batch<X, Y, S>;

/** What an untyped program may give for a source. */
export const sourceRule: OptionRule = {
  takes: "an iterable of batches, or a function that returns one",
  accepts: (value) => isCallable(value) || isIterable(value),
};

/** Whether a source can be gone through only once. */
export function isOnce(source: Source<unknown>): boolean {
  if (isEpochs(source)) return source.isOnce;
  return isIterator(source);
}

/**
 * Goes through a source, and checks each batch as it comes. Where its end is not reached, its iterator is told by `return()`.
 *
 * @throws SW_DATA when there is no batch; what `check` throws, with the number of the batch; what the source itself throws
 */
export async function* checkedBatches<C>(
  op: string,
  source: Source<unknown>,
  epoch: number,
  interrupt: Interrupt,
  check: (batch: unknown) => Promise<C>,
): AsyncGenerator<C, void, undefined> {
  const iterator = begun(op, source, epoch);
  const isNew = isEpochs(source) && source.isNew;
  let count = 0;
  let state: "asked" | "given" | "ended" = "given";
  let hasFailed = false;
  try {
    for (;;) {
      interrupt.check();
      state = "asked";
      const asked = Promise.resolve(iterator.next());
      // What its own `next` throws, ends an iterator.
      asked.catch(() => {
        state = "ended";
      });
      const result: unknown = await interrupt.wait(asked);
      if (!isObject(result)) throw refused(`${op}: next() of the source gave ${inWords(result)}, not { value, done }`);
      const { done, value } = result;
      state = done ? "ended" : "given";
      if (done) break;
      count++;
      // A plain iterator may give promises.
      const batch = isPromise(value) ? await interrupt.wait(value) : value;
      if (isNew) handOver(batch);
      yield await check(batch).catch((error: unknown) => {
        throw numbered(error, count);
      });
    }
  } catch (error) {
    hasFailed = true;
    throw error;
  } finally {
    // One that is still waiting can't be waited for: it may never give another batch.
    if (state === "given") await closed(iterator, hasFailed);
    else if (state === "asked") void closed(iterator, true);
  }
  if (count > 0) return;
  const why = isEpochs(source) && !source.isOnce ? "what it consists of has no elements" : advice;
  throw refused(`${op}: the source gave no batches in epoch ${epoch + 1}; ${why}`);
}

const advice = "what can be gone through once needs a function that starts it afresh: () => batches()";

/** @throws SW_DATA when a source that can be gone through once is to be gone through more often */
export function checkOften(op: string, source: Source<unknown>, epochs: number): void {
  if (epochs === 1 || !isOnce(source)) return;
  throw refused(`${op}: the source is enough for one epoch, not for ${epochs}; ${advice}`);
}

/** @throws SW_DATA when all of a source is to be gone through, and it never ends */
export function checkEnds(op: string, source: Source<unknown>, stepsOption: string | undefined): void {
  if (!isEpochs(source) || !source.isEndless) return;
  const steps = stepsOption
    ? `give ${stepsOption}, or leave repeat() out`
    : "leave repeat() out, or take(…) as much as is wanted";
  throw refused(`${op}: the source never ends, as it is repeated without a number; ${steps}`);
}

/** A source that ended before an epoch had its steps, and cannot start afresh. */
export function endedEarly(op: string): ShapewrightError {
  return refused(`${op}: the source ended before the steps that stepsPerEpoch asks for; ${advice}`);
}

/** A source's iterator over an epoch. */
function begun(op: string, source: Source<unknown>, epoch: number): AnyIterator {
  const batches: unknown = isEpochs(source)
    ? source.epoch(epoch)
    : typeof source === "function"
      ? source(epoch)
      : source;
  if (!isIterable(batches))
    throw refused(`${op}: the source gave ${inWords(batches)}, which is no iterable of batches`);
  return iteratorOf(op, batches);
}

/** Whether a source says of itself what its epochs are. */
export function isEpochs(source: unknown): source is Epochs<unknown> {
  return isObject(source) && typeof source.epoch === "function";
}

function numbered(error: unknown, count: number): unknown {
  if (!(error instanceof ShapewrightError)) return error;
  return new ShapewrightError(error.code, `batch ${count} of the source: ${error.message}`, error.op);
}
