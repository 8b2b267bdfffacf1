import type { NdArray } from "../../src/ir/array.js";
import {
  callback,
  checkOption,
  checkOptions,
  count,
  flag,
  integer,
  natural,
  type OptionRule,
  required,
} from "../../src/ir/options.js";
import type { TypedArray } from "../../src/ir/typed-arrays.js";
import type { Batches, Epochs } from "../fit/source.js";
import { elementsOf, type Flow, onStage, type Stage, type TableFlow } from "./flow.js";
import type { Row } from "./rows.js";
import { sourceStage } from "./sources.js";
import { type Stacked, stack } from "./stack.js";
import { batchFlow, unbatchFlow } from "./stages/batch.js";
import { batchTables } from "./stages/batchTables.js";
import { cacheStage } from "./stages/cache.js";
import { interleaveFlow } from "./stages/interleave.js";
import { chainFlow, repeatFlow, zipFlow, zipTables } from "./stages/join.js";
import { filterFlow, mapFlow, type Place } from "./stages/map.js";
import { prefetchFlow } from "./stages/prefetch.js";
import { shuffleFlow } from "./stages/shuffle.js";
import { shuffleTables } from "./stages/shuffleTables.js";
import { skipFlow, skipTables, takeFlow, takeTables } from "./stages/slice.js";
import { tableStage } from "./tables.js";

/** Options of `map`. */
export interface MapOptions {
  /** How many elements are made at a time, where the function gives promises. Their order stays. @default 1 */
  readonly parallelCalls?: number;
}

/** Options of `batch`. */
export interface DatasetBatchOptions<R extends boolean = boolean> {
  /** Whether a last batch that is short is left out. @default false */
  readonly dropRemainder?: R;
}

/** Options of `shuffle`. */
export interface ShuffleOptions {
  /** Where random orders start from. The order of an epoch depends on this and on the epoch's number. @default 0 */
  readonly seed?: number;
}

/** Options of `interleave`. */
export interface InterleaveOptions {
  /** How many datasets are gone through at a time. @default 4 */
  readonly cycleLength?: number;
}

/**
 * Elements that are read, changed and put together as they are asked for: batches for `fitBatches`, `evaluateBatches` and `predictBatches`. Made by
 * `dataset`. Nothing is read before it is asked for, a dataset is never changed, and each epoch starts afresh.
 *
 * @typeParam E an element
 */
export class Dataset<out E> implements Epochs<E>, AsyncIterable<E> {
  /** @internal */
  constructor(
    /** @internal */
    readonly stage: Stage<E>,
  ) {}

  /** Whether it can be gone through only once. */
  get isOnce(): boolean {
    return this.stage.isOnce;
  }

  /** Whether it never ends, as repeat() makes it. */
  get isEndless(): boolean {
    return this.stage.isEndless ?? false;
  }

  /** Whether each element is in memory of its own, as batches are that nothing is done to. */
  get isNew(): boolean {
    return this.stage.isNew === true;
  }

  /** What it consists of: `dataset(60000).shuffle(10000, 0).batch(32)`. */
  get description(): string {
    return this.stage.description;
  }

  /** The elements of an epoch, counted from 0: random orders follow from its number. */
  epoch(number: number): AsyncIterable<E> {
    checkOption("epoch", "number", number, required(natural));
    return { [Symbol.asyncIterator]: () => elementsOf(this.stage.open(number)) };
  }

  /** The elements of the first epoch. */
  [Symbol.asyncIterator](): AsyncGenerator<E, void, undefined> {
    return elementsOf(this.stage.open(0));
  }

  /**
   * An element of each, by a function, which may be asynchronous. What it throws names the element.
   *
   * @throws SW_VALUE when the first argument is no function or an option is not what it must be
   * @example
   * const scaled = dataset({ inputs: { image: trainX }, target: trainY }).map(({ inputs, target }, { index }) => ({ inputs, target, index }));
   */
  map<R>(change: (element: E, place: Place) => R, options: MapOptions = {}): Dataset<Awaited<R>> {
    checkOption("map", "the function", change, required(callback));
    checkOptions("map", options, { parallelCalls: count });
    const { parallelCalls = 1 } = options;
    return this.#with("map", (flow, epoch) =>
      mapFlow(flow, epoch, change as (element: E, place: Place) => Awaited<R>, parallelCalls),
    );
  }

  /**
   * The elements of which a function says true.
   *
   * @throws SW_VALUE when the argument is no function
   */
  filter<F extends E>(isKept: (element: E) => element is F): Dataset<F>;
  filter(isKept: (element: E) => boolean | PromiseLike<boolean>): Dataset<E>;
  filter(isKept: (element: E) => boolean | PromiseLike<boolean>): Dataset<E> {
    checkOption("filter", "the function", isKept, required(callback));
    return this.#with("filter", (flow) => filterFlow(flow, isKept));
  }

  /**
   * Batches of so many elements: arrays get a first axis, numbers and texts become lists, records stay records. The last may be short.
   *
   * @param size how many elements a batch has
   * @throws SW_VALUE when the size is no positive integer; SW_DATA, when it is gone through, for elements of different shapes
   * @example
   * await session.fitBatches(dataset({ inputs: { image: trainX }, target: trainY }).shuffle(10000).batch(128), { epochs: 3 });
   */
  batch<const N extends number, const R extends boolean = false>(
    size: N,
    options: DatasetBatchOptions<R> = {},
  ): Dataset<Stacked<E, R extends true ? N : number>> {
    checkOption("batch", "size", size, required(count));
    checkOptions<DatasetBatchOptions>("batch", options, { dropRemainder: flag });
    const { dropRemainder = false } = options as DatasetBatchOptions;
    const { tables } = this.stage;
    const stage = onStage(this.stage, `batch(${size}, ${dropRemainder})`, (flow) =>
      batchFlow(flow, size, dropRemainder),
    );
    const open = tables && ((epoch: number) => batchTables(tables(epoch), size, dropRemainder));
    return new Dataset<any>({ ...stage, ...(open && { open }), isNew: true });
  }

  /**
   * The rows of batches, one by one.
   *
   * @throws SW_DATA, when it is gone through, for an element that has no rows
   */
  unbatch(): Dataset<Row<E>> {
    return this.#with("unbatch", unbatchFlow) as Dataset<Row<E>>;
  }

  /**
   * The elements in a random order, another in each epoch. Each is drawn from a buffer of so many elements: an order is wholly random where the
   * buffer holds all of them.
   *
   * @param bufferSize how many elements are held, of which the next is drawn
   * @throws SW_VALUE when the buffer's size is no positive integer or an option is not what it must be
   */
  shuffle(bufferSize: number, options: ShuffleOptions = {}): Dataset<E> {
    checkOption("shuffle", "bufferSize", bufferSize, required(count));
    checkOptions("shuffle", options, { seed: integer });
    const { seed = 0 } = options;
    return this.#withTables(
      `shuffle(${bufferSize}, ${seed})`,
      (flow, epoch) => shuffleFlow(flow, epoch, bufferSize, seed),
      (tables, epoch) => shuffleTables(tables, epoch, bufferSize, seed),
    );
  }

  /**
   * All elements so many times, or without end. Each round has a random order of its own.
   *
   * @throws SW_VALUE when the count is no positive integer
   */
  repeat(times = Infinity): Dataset<E> {
    checkOption("repeat", "times", times, timesRule);
    const { stage } = this;
    return new Dataset({
      description: `${stage.description}.repeat(${times})`,
      isOnce: stage.isOnce,
      isEndless: times === Infinity || stage.isEndless,
      isNew: this.isNew,
      open: (epoch) => repeatFlow(stage, epoch, times),
    });
  }

  /**
   * Asks for the next elements before they are wanted, so that what reads them need not be waited for: reading goes on while a step runs.
   *
   * @param size how many elements are kept ready
   * @throws SW_VALUE when the size is no positive integer
   */
  prefetch(size: number): Dataset<E> {
    checkOption("prefetch", "size", size, required(count));
    // The elements are the same, which a backup need not know of.
    return new Dataset({ ...this.stage, open: (epoch) => prefetchFlow(this.stage.open(epoch), size) });
  }

  /**
   * The first elements.
   *
   * @throws SW_VALUE when the number is none
   */
  take(number: number): Dataset<E> {
    checkOption("take", "number", number, required(natural));
    const taken = this.#withTables(
      `take(${number})`,
      (flow) => takeFlow(flow, number),
      (tables) => takeTables(tables, number),
    );
    return new Dataset<E>({ ...taken.stage, isEndless: false });
  }

  /**
   * All but the first elements.
   *
   * @throws SW_VALUE when the number is none
   */
  skip(number: number): Dataset<E> {
    checkOption("skip", "number", number, required(natural));
    return this.#withTables(
      `skip(${number})`,
      (flow) => skipFlow(flow, number),
      (tables) => skipTables(tables, number),
    );
  }

  /** Keeps the elements in memory once they have been gone through, and reads them no more: with what is random before it as it was. */
  cache(): Dataset<E> {
    return new Dataset(cacheStage(this.stage));
  }

  /**
   * These elements, then those of another.
   *
   * @throws SW_VALUE when the argument is no dataset
   */
  concatenate<F>(other: Dataset<F>): Dataset<E | F> {
    checkOption("concatenate", "other", other, required(aDataset));
    const stages: readonly Stage<E | F>[] = [this.stage, other.stage];
    return new Dataset({
      description: `${this.description}.concatenate(${other.description})`,
      isOnce: this.isOnce || other.isOnce,
      isEndless: stages.some(({ isEndless }) => isEndless),
      open: (epoch) => chainFlow((at) => stages[at]?.open(epoch)),
    });
  }

  /**
   * The elements of a dataset for each element, such as for each of several files: a number of them are gone through at a time, one element of each
   * in turn.
   *
   * @throws SW_VALUE when the first argument is no function or an option is not what it must be
   */
  interleave<F>(open: (element: E) => Dataset<F>, options: InterleaveOptions = {}): Dataset<F> {
    checkOption("interleave", "the function", open, required(callback));
    checkOptions("interleave", options, { cycleLength: count });
    const { cycleLength = 4 } = options;
    const opened = (epoch: number) => (element: E) => {
      const made = open(element);
      checkOption("interleave", "what the function gives", made, required(aDataset));
      return made.stage.open(epoch);
    };
    return this.#with(`interleave(${cycleLength})`, (flow, epoch) => interleaveFlow(flow, opened(epoch), cycleLength));
  }

  /** All elements, in a list. */
  async toArray(): Promise<E[]> {
    const all: E[] = [];
    for await (const element of this) all.push(element);
    return all;
  }

  /**
   * All elements as one batch: for `fit`, `evaluate` and `predict`.
   *
   * @throws SW_DATA where elements differ in shape, or there are none
   * @example
   * const { inputs, target } = await dataset({ inputs: { image: trainX }, target: trainY }).take(1000).collect();
   * await session.fit(inputs, target);
   */
  async collect(): Promise<Stacked<E>> {
    return stack("collect", await this.toArray(), 0) as Stacked<E>;
  }

  #with<R>(word: string, through: (flow: Flow<E>, epoch: number) => Flow<R>): Dataset<R> {
    return new Dataset(onStage(this.stage, word, through));
  }

  /** The same of what leaves rows as they are: rows of tables stay such. */
  #withTables(
    word: string,
    through: (flow: Flow<E>, epoch: number) => Flow<E>,
    throughTables: (tables: TableFlow, epoch: number) => TableFlow,
  ): Dataset<E> {
    const stage = onStage(this.stage, word, through);
    const { tables } = this.stage;
    if (!tables) return new Dataset(stage);
    return new Dataset<any>(tableStage(stage, (epoch) => throughTables(tables(epoch), epoch)));
  }
}

const aDataset: OptionRule = { takes: "a dataset", accepts: (value) => value instanceof Dataset };
const timesRule: OptionRule = {
  takes: "a positive integer, or left out",
  accepts: (value) => value === Infinity || count.accepts(value),
};

/** Arrays and lists, of which a dataset has the rows, or records of them. */
export type Columns = NdArray | TypedArray | readonly unknown[] | { readonly [name: string]: Columns };

/**
 * A dataset of the rows of arrays, or of the elements of an iterable, which may be asynchronous. A function that gives one starts it afresh for each
 * epoch, whose number it is given, from 0.
 *
 * @param source arrays, or records of arrays, with rows along the first axis; an iterable; or a function that gives one
 * @throws SW_DATA for anything else, and for arrays of different numbers of rows
 * @example
 * const batches = dataset({ inputs: { image: trainX }, target: trainY }).shuffle(60000).batch(128);
 * await session.fitBatches(batches, { epochs: 5 });
 */
export function dataset<E>(source: (epoch: number) => Batches<E>): Dataset<E>;
export function dataset<X extends NdArray | TypedArray>(source: X): Dataset<Row<X>>;
export function dataset<E>(source: Batches<E>): Dataset<E>;
export function dataset<X extends { readonly [name: string]: Columns }>(source: X): Dataset<Row<X>>;
export function dataset(source: unknown): Dataset<unknown> {
  return source instanceof Dataset ? source : new Dataset(sourceStage(source));
}

/**
 * The elements of several datasets side by side, in records by their names. It ends with the first that does.
 *
 * @throws SW_VALUE for what is no record of datasets
 * @example
 * const batches = zip({ inputs: dataset({ image: trainX }), target: dataset(trainY) }).batch(32);
 */
export function zip<E extends Readonly<Record<string, unknown>>>(
  datasets: {
    readonly [K in keyof E]: Dataset<E[K]>;
  },
): Dataset<{ readonly [K in keyof E]: E[K] }> {
  checkOption("zip", "datasets", datasets, required(datasetsRule));
  const parts = Object.entries(datasets).map(([name, { stage }]) => [name, stage] as const);
  const flows = <F>(open: (stage: Stage<unknown>) => F) =>
    Object.fromEntries(parts.map(([name, stage]) => [name, open(stage)]));
  const stage = {
    description: `zip(${parts.map(([name, { description }]) => `${name}: ${description}`).join(", ")})`,
    isOnce: parts.some(([, { isOnce }]) => isOnce),
    isEndless: parts.every(([, { isEndless }]) => isEndless),
  };
  if (parts.every(([, { tables }]) => tables)) {
    return new Dataset<any>(tableStage(stage, (epoch) => zipTables(flows(({ tables }) => tables!(epoch)))));
  }
  return new Dataset<any>({ ...stage, open: (epoch) => zipFlow(flows(({ open }) => open(epoch))) });
}

const datasetsRule: OptionRule = {
  takes: "a record of datasets",
  accepts: (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0 &&
    Object.values(value).every(aDataset.accepts),
};
