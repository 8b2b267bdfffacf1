import type { NdArray } from "../../../src/ir/array.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import { checkOptions, integer, type OptionRules, positive } from "../../../src/ir/options.js";
import { type Random, random, shuffled } from "../../../src/ir/random.js";
import { looksLikeArray } from "../kinds.js";
import type { Place } from "../stages/map.js";

/** Options of `mixUp`. */
export interface MixUpOptions {
  /** How much samples are mixed: little below 1, where mostly one of the two counts; evenly at 1. @default 0.2 */
  readonly alpha?: number;
  /** What the mixtures are drawn by: the same seed gives the same. @default 0 */
  readonly seed?: number;
}

const rules: OptionRules<MixUpOptions> = { alpha: positive, seed: integer };

/**
 * Mixes each sample of a batch with another one of it, and their targets alike: for `map` behind `batch`. What is mixed, and how much, is
 * drawn for each batch of each epoch, so a run that goes on from its backup mixes the same. Keras's `MixUp`.
 * Source: Zhang et al., "mixup: beyond empirical risk minimization" (2017).
 *
 * @param options `alpha` (0.2), `seed` (0)
 * @returns a function of a batch, each of whose arrays are float32 numbers of the same number of samples: targets are rows, as `oneHot` makes them
 * @throws SW_VALUE when an option is out of range; the function SW_DATA when something in a batch is no float32 array, or of another number
 * @example
 * const images = array(new Float32Array(8 * 4), [8, 4]);
 * const target = array(new Float32Array(8 * 3), [8, 3]);
 * const batches = dataset({ inputs: { images }, target }).batch(4).map(mixUp({ alpha: 0.2 }));
 */
export function mixUp(options: MixUpOptions = {}): <const B extends object>(batch: B, place: Place) => B {
  checkOptions("mixUp", options, rules);
  const { alpha = 0.2, seed = 0 } = options;
  return (batch, place) => {
    if (typeof place !== "object" || place === null) {
      throw refused(`takes a batch and its place, which map of a dataset tells; write dataset.batch(32).map(mixUp())`);
    }
    const { epoch, index } = place;
    const count = arraysIn(batch)[0]?.shape[0];
    if (count === undefined) throw refused("takes a batch of arrays, got none");
    const generator = random(seed, `mixUp ${epoch} ${index}`);
    const others = shuffled(count, generator);
    const shares = Float64Array.from({ length: count }, () => beta(alpha, generator));
    return mixed(batch, others, shares) as typeof batch;
  };
}

const refused = (fault: string) => new ShapewrightError("SW_DATA", `mixUp: ${fault}`, "mixUp");

function arraysIn(value: unknown): NdArray[] {
  if (looksLikeArray(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(arraysIn) : [];
}

/** s · x + (1 - s) · x of another sample, for all that is in a batch. */
function mixed(value: unknown, others: Int32Array, shares: Float64Array): unknown {
  if (!looksLikeArray(value)) {
    if (typeof value !== "object" || value === null) throw refused(`takes a batch of arrays, got ${inWords(value)}`);
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mixed(part, others, shares)]));
  }
  const { shape, dtype, data } = value;
  const isFloat = dtype === "float32" && shape.length > 0;
  if (!isFloat) throw refused(`takes float32 arrays, got ${dtype}; targets are rows of numbers, as oneHot makes them`);
  if (shape[0] !== others.length) throw refused(`one array has ${shape[0]} samples, and another ${others.length}`);
  const size = data.length / others.length;
  const made = Float32Array.from(data as Float32Array, (x, i) => {
    const sample = Math.floor(i / size);
    const share = shares[sample]!;
    return share * x + (1 - share) * (data[others[sample]! * size + (i % size)] as number);
  });
  return { shape, dtype, data: made };
}

/** A number of the beta distribution with both parameters alpha. */
function beta(alpha: number, generator: Random): number {
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
