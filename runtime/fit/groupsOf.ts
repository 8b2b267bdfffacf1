import type { NdArray } from "../../src/ir/array.js";
import { joinRows, rowsBetween } from "../data/rows.js";
import type { Samples } from "../data/samples.js";

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
  /** Whole steps of what is held. */
  const whole = (): Group => {
    const all = joined(held);
    const full = count - (count % size);
    held = full < count ? [between(all, full, count)] : [];
    count -= full;
    return { samples: between(all, 0, full), batchSize: size };
  };
  /** All that is held; the last step may be short. */
  const rest = (): Group => {
    const group = { samples: joined(held), batchSize: size };
    [held, count] = [[], 0];
    return group;
  };
  try {
    for await (const batch of batches) {
      const joins = batchSize !== undefined || batch.count === size;
      if (count > 0 && !(joins && isAlike(held[0]!, batch))) yield rest();
      if (batchSize === undefined) size = batch.count;
      held.push(batch);
      count += batch.count;
      if (count >= size * steps()) yield whole();
    }
  } catch (error) {
    failure = { error };
  }
  // What came before an error is trained on, as far as it makes whole steps.
  if (!failure && count > 0) yield rest();
  if (failure && count >= size && size > 0) yield whole();
  if (failure) throw failure.error;
}

/** Whether two batches differ in their number of samples alone. */
function isAlike(a: Samples, b: Samples): boolean {
  const pairs = Object.entries(a.inputs).map(([name, array]) => [array, b.inputs[name]!] as const);
  return [...pairs, [a.target, b.target] as const].every(([one, other]) =>
    (one.shape as number[]).every((dim, axis) => axis === 0 || dim === other.shape[axis]),
  );
}

function joined(parts: readonly Samples[]): Samples {
  const [first] = parts as readonly [Samples];
  if (parts.length === 1) return first;
  return mapSamples(first, (_, of) => joinRows(parts.map(of)));
}

function between(samples: Samples, begin: number, end: number): Samples {
  if (begin === 0 && end === samples.count) return samples;
  return mapSamples(samples, (array) => rowsBetween(array, begin, end));
}

/** Samples with other arrays in the places of theirs. */
function mapSamples(samples: Samples, change: (array: NdArray, of: (samples: Samples) => NdArray) => NdArray): Samples {
  const inputs = Object.entries(samples.inputs).map(([name, array]) => [
    name,
    change(array, ({ inputs }) => inputs[name]!),
  ]);
  const target = change(samples.target, ({ target }) => target);
  return { inputs: Object.fromEntries(inputs), target, count: target.shape[0] as number };
}
