import type { NdArray } from "../../../src/ir/array.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import { type Random, random, shuffled } from "../../../src/ir/random.js";
import { looksLikeArray } from "../kinds.js";
import type { Place } from "../stages/map.js";

/** A number of a sample's, by where it stands in it; and the one in the same place of the sample that it is mixed with. */
type Mix = (own: number, other: number, sample: number, place: number) => number;

/** How the samples of arrays of a shape are mixed. */
export type Mixing = (shape: readonly number[]) => Mix;

/** A function of batches that mixes each of their samples with another one, as is drawn for each batch of each epoch. */
export function batchMixer(
  name: string,
  seed: number,
  draw: (arrays: readonly NdArray[], count: number, generator: Random) => Mixing,
): <const B extends object>(batch: B, place: Place) => B {
  return (batch, place) => {
    if (typeof place !== "object" || place === null) {
      throw unmixed(
        name,
        `takes a batch and its place, which map of a dataset tells; write dataset.batch(32).map(${name}())`,
      );
    }
    const { epoch, index } = place;
    const arrays = arraysIn(batch);
    const count = arrays[0]?.shape[0];
    if (count === undefined) throw unmixed(name, "takes a batch of arrays, got none");
    const generator = random(seed, `${name} ${epoch} ${index}`);
    const others = shuffled(count, generator);
    return mixed(name, batch, others, draw(arrays, count, generator)) as typeof batch;
  };
}

export const unmixed = (name: string, fault: string) => new ShapewrightError("SW_DATA", `${name}: ${fault}`, name);

function arraysIn(value: unknown): NdArray[] {
  if (looksLikeArray(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(arraysIn) : [];
}

function mixed(name: string, value: unknown, others: Int32Array, mixing: Mixing): unknown {
  if (!looksLikeArray(value)) {
    if (typeof value !== "object" || value === null)
      throw unmixed(name, `takes a batch of arrays, got ${inWords(value)}`);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mixed(name, part, others, mixing)]));
  }
  const { shape, dtype, data } = value;
  const isFloat = dtype === "float32" && shape.length > 0;
  if (!isFloat)
    throw unmixed(name, `takes float32 arrays, got ${dtype}; targets are rows of numbers, as oneHot makes them`);
  if (shape[0] !== others.length)
    throw unmixed(name, `one array has ${shape[0]} samples, and another ${others.length}`);
  const size = data.length / others.length;
  const mix = mixing(shape as readonly number[]);
  const made = Float32Array.from(data as Float32Array, (own, i) => {
    const [sample, place] = [Math.floor(i / size), i % size];
    return mix(own, data[others[sample]! * size + place] as number, sample, place);
  });
  return { shape, dtype, data: made };
}

/** A number of the beta distribution with both parameters alpha. */
export function beta(alpha: number, generator: Random): number {
  // As logarithms, which small alphas do not make 0.
  const [a, b] = [logGamma(alpha, generator), logGamma(alpha, generator)];
  return 1 / (1 + Math.exp(b - a));
}

/** The logarithm of a number of the gamma distribution. Marsaglia and Tsang, "A simple method for generating gamma variables" (2000). */
function logGamma(alpha: number, generator: Random): number {
  if (alpha < 1) return logGamma(alpha + 1, generator) + Math.log(1 - generator.uniform()) / alpha;
  const d = alpha - 1 / 3;
  for (;;) {
    const x = generator.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - generator.uniform()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}
