import { allocate, type DataOf, type DType } from "../../src/ir/dtype.js";
import { giveBack } from "../data/recycling.js";
import { joinRows } from "../data/rows.js";
import type { Samples } from "../data/samples.js";
import { mapSamples, samplesBetween } from "../data/samplesBetween.js";

/** Samples for steps that run in one call, and how many of them a step takes. */
export interface Group {
  readonly samples: Samples;
  readonly batchSize: number;
}

/**
 * Puts batches together, or apart, into groups: so many steps that a call of the backend is worth it.
 *
 * @param batchSize how many samples a step takes, over the bounds of batches; as many as a batch has, where it is not said
 * @param steps how many steps a group should have
 */
export async function* groupsOf(
  batches: AsyncIterable<Samples>,
  batchSize: number | undefined,
  steps: () => number,
): AsyncGenerator<Group, void, undefined> {
  let held: Samples[] = [];
  let count = 0;
  let size = batchSize ?? 0;
  let failure: { readonly error: unknown } | undefined;
  /** Whether a group is out: it stays so where no more is asked for, and what the source throws as it is closed is no error of a batch's. */
  let isOut = false;
  const joined = joiner();
  /** What is no longer needed once the group that was made last has been trained on. */
  let spent: readonly Samples[] = [];
  /** Whole steps of what is held. */
  const whole = (): Group => {
    const all = joined(held);
    const full = count - (count % size);
    if (full === count || all !== held[0]) spent = held;
    held = full < count ? [samplesBetween(all, full, count)] : [];
    count -= full;
    return { samples: samplesBetween(all, 0, full), batchSize: size };
  };
  /** All that is held; the last step may be short. */
  const rest = (): Group => {
    const group = { samples: joined(held), batchSize: size };
    [spent, held, count] = [held, [], 0];
    return group;
  };
  try {
    for await (const batch of batches) {
      const joins = batchSize !== undefined || batch.count === size;
      isOut = true;
      if (count > 0 && !(joins && isAlike(held[0]!, batch))) yield rest();
      isOut = false;
      if (batchSize === undefined) size = batch.count;
      held.push(batch);
      count += batch.count;
      isOut = true;
      if (count >= size * steps()) yield whole();
      isOut = false;
      for (const { feeds } of spent) for (const array of Object.values(feeds)) giveBack(array);
      spent = [];
    }
  } catch (error) {
    if (isOut) throw error;
    failure = { error };
  }
  // What came before an error is trained on, as far as it makes whole steps.
  if (!failure && count > 0) yield rest();
  if (failure && count >= size && size > 0) yield whole();
  if (failure) throw failure.error;
}

/** Whether two batches differ in their number of samples alone. */
function isAlike(a: Samples, b: Samples): boolean {
  return Object.entries(a.feeds).every(([key, { shape }]) =>
    (shape as number[]).every((dim, axis) => axis === 0 || dim === b.feeds[key]!.shape[axis]),
  );
}

/**
 * Joins batches, each time in the same memory: a group has been trained on when the next is asked for. New memory for each would be
 * the half of what training on files costs.
 */
function joiner(): (parts: readonly Samples[]) => Samples {
  const pool = new Map<string, DataOf<DType>>();
  const memoryFor =
    (key: string): typeof allocate =>
    (dtype, length) => {
      let memory = pool.get(key);
      if (memory === undefined || memory.length < length) {
        memory = allocate(dtype as DType, length);
        pool.set(key, memory);
      }
      return memory.subarray(0, length) as DataOf<typeof dtype>;
    };
  return (parts) => {
    const [first] = parts as readonly [Samples];
    if (parts.length === 1) return first;
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    return mapSamples(first, count, (_, key) =>
      joinRows(
        parts.map(({ feeds }) => feeds[key]!),
        memoryFor(key),
      ),
    );
  };
}
