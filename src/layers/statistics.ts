import { elementCount, isArrayRecord, type NdArray } from "../ir/array.js";
import { placeOf } from "../ir/elements.js";
import { ShapewrightError } from "../ir/errors.js";
import { inWords } from "../ir/inWords.js";
import { fromNested, type Nested } from "../ir/nested.js";
import { checkAxis, normalizeAxis } from "../types/axis.js";

/** Numbers to adapt to: all at once, as an array or in nested lists, or batch by batch. */
export type NumberBatches = NdArray | readonly Nested[] | Iterable<NdArray> | AsyncIterable<NdArray>;

/** The mean and the variance of data, of each place along an axis or of all numbers: all batches count by their numbers. */
export async function statisticsOf(op: string, data: NumberBatches, axis: number | null) {
  let total: Moments | undefined;
  for await (const batch of batchesOf(op, data)) {
    const next = momentsOf(op, batch, axis);
    if (total && total.means.length !== next.means.length) {
      throw refused(
        op,
        `axis ${axis} has ${next.means.length} places in one batch, and ${total.means.length} in another`,
      );
    }
    total = total ? joined(total, next) : next;
  }
  if (!total || total.count === 0) throw refused(op, "there are no numbers to adapt to");
  const { means, squares, count } = total;
  const variances = squares.map((sum) => sum / count);
  return axis === null ? { mean: means[0]!, variance: variances[0]! } : { mean: means, variance: variances };
}

/** How many numbers there are, their means, and the sums of their squared differences from these. */
interface Moments {
  readonly count: number;
  readonly means: readonly number[];
  readonly squares: readonly number[];
}

/** All batches of numbers. */
export async function* batchesOf(op: string, data: NumberBatches): AsyncIterable<NdArray> {
  const fault = (message: string) => refused(op, message);
  const finite = (batch: NdArray) => {
    const at = batch.data.findIndex((value: number) => !Number.isFinite(value));
    if (at < 0) return batch;
    const where = placeOf(batch.shape, at);
    throw fault(`${where} is ${batch.data[at]}: nothing is learnt of what is not finite; leave it out first`);
  };
  if (Array.isArray(data) && !data.some(isArrayRecord)) yield finite(fromNested(data, "float32", fault));
  else if (isArrayRecord(data)) yield finite(data);
  else if (typeof data === "object" && data !== null && (Symbol.iterator in data || Symbol.asyncIterator in data)) {
    for await (const batch of data as AsyncIterable<unknown>) {
      if (!isArrayRecord(batch))
        throw fault(`takes batches that are arrays, got ${inWords(batch)}; write array(values, shape)`);
      yield finite(batch);
    }
  } else throw fault(`takes numbers, as an array, in lists or batch by batch, got ${inWords(data)}`);
}

const refused = (op: string, fault: string) => new ShapewrightError("SW_DATA", `${op}.adapt: ${fault}`, op);

function momentsOf(op: string, { shape, data }: NdArray, axis: number | null): Moments {
  const outside = axis === null ? undefined : checkAxis(op, shape, axis);
  if (outside !== undefined) throw new ShapewrightError("SW_VALUE", outside, op);
  const place = axis === null ? undefined : normalizeAxis(shape, axis);
  const size = place === undefined ? 1 : shape[place]!;
  const step = place === undefined ? 1 : elementCount(shape.slice(place + 1));
  const count = size === 0 ? 0 : data.length / size;
  const groupOf = (i: number) => Math.floor(i / step) % size;
  const means = Array.from({ length: size }, () => 0);
  for (let i = 0; i < data.length; i++) means[groupOf(i)]! += (data[i] as number) / count;
  const squares = means.map(() => 0);
  for (let i = 0; i < data.length; i++) squares[groupOf(i)]! += ((data[i] as number) - means[groupOf(i)]!) ** 2;
  return { count, means, squares };
}

/** Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979). */
function joined(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  if (count === 0) return a;
  const apart = a.means.map((mean, i) => b.means[i]! - mean);
  return {
    count,
    means: a.means.map((mean, i) => mean + (apart[i]! * b.count) / count),
    squares: a.squares.map((sum, i) => sum + b.squares[i]! + (apart[i]! ** 2 * a.count * b.count) / count),
  };
}
