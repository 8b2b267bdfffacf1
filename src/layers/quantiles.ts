import { ShapewrightError } from "../ir/errors.js";
import { insertionPoint } from "../ops/searchSorted.js";
import { batchesOf, type NumberBatches } from "./statistics.js";

/** Values in order, and for how many numbers each stands: as Keras's Discretization sums data up. */
interface Summary {
  readonly values: Float32Array;
  readonly weights: Float32Array;
}

/** The bounds between bins that hold about equally many numbers of data: exact to about a share of them. */
export async function boundariesOf(op: string, data: NumberBatches, bins: number, share: number): Promise<number[]> {
  let all: Summary = { values: new Float32Array(0), weights: new Float32Array(0) };
  const kept = Math.ceil(1 / share);
  for await (const batch of batchesOf(op, data)) {
    all = compressed(merged(summaryOf(batch.data, share), all), share, kept);
  }
  const refused = (fault: string) => new ShapewrightError("SW_DATA", `${op}.adapt: ${fault}`, op);
  if (all.values.length === 0) throw refused("there are no numbers to adapt to");
  // The share's own inverse may be a little more than the number of bins.
  const bounds = [...compressed(all, 1 / bins, bins).values.slice(0, -1)];
  if (bounds.length === 0) throw refused(`no bound lies between bins of one number, ${all.values[0]}`);
  return bounds;
}

/** Every so many of the numbers, each of which stands for those before it. */
function summaryOf(numbers: ArrayLike<number>, share: number): Summary {
  const sorted = Float32Array.from(numbers).sort();
  const step = Math.max(sorted.length * share, 1);
  const values = sorted.filter(
    (_, i) => i >= Math.floor(step - 1) && (i - Math.floor(step - 1)) % Math.floor(step) === 0,
  );
  return { values, weights: new Float32Array(values.length).fill(step) };
}

function merged(a: Summary, b: Summary): Summary {
  const values = [...a.values, ...b.values];
  const weights = [...a.weights, ...b.weights];
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  return {
    values: Float32Array.from(order, (i) => values[i]!),
    weights: Float32Array.from(order, (i) => weights[i]!),
  };
}

/** So many values, each a share of the numbers behind the one before; between those that there are, on straight lines. */
function compressed({ values, weights }: Summary, share: number, count: number): Summary {
  if (values.length * share < 1) return { values, weights };
  const sums = new Float32Array(weights.length);
  for (let i = 0, sum = 0; i < weights.length; i++) sums[i] = sum = Math.fround(sum + weights[i]!);
  const parts = sums.map((sum) => sum / sums.at(-1)!);
  const at = Array.from({ length: count }, (_, i) => share + i * share);
  const counted = at.map((part) => between(part, parts, sums));
  return {
    values: Float32Array.from(at, (part) => between(part, parts, values)),
    weights: Float32Array.from(counted, (sum, i) => sum - (counted[i - 1] ?? 0)),
  };
}

/** The value at a place between others that are in order. */
function between(place: number, places: Float32Array, values: Float32Array): number {
  const behind = insertionPoint(place, places, "right");
  if (behind === 0) return values[0]!;
  if (behind === places.length) return values.at(-1)!;
  const [low, high] = [places[behind - 1]!, places[behind]!];
  return values[behind - 1]! + ((values[behind]! - values[behind - 1]!) * (place - low)) / (high - low);
}
