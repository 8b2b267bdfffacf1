import { checkOptions, integer, type OptionRules, positive } from "../../../src/ir/options.js";
import type { Place } from "../stages/map.js";
import { batchMixer, beta } from "./mixing.js";

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
  return batchMixer("mixUp", seed, (_, count, generator) => {
    // s · x + (1 - s) · x of another sample, for all that is in a batch.
    const shares = Float64Array.from({ length: count }, () => beta(alpha, generator));
    return () => (own, other, sample) => shares[sample]! * own + (1 - shares[sample]!) * other;
  });
}
