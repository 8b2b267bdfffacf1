import { ShapewrightError } from "../../src/ir/errors.js";
import type { Samples } from "../data/samples.js";
import { samplesBetween } from "../data/samplesBetween.js";
import { inSequence, type SamplesPlan, shuffledBy } from "./feed.js";
import type { FitSettings } from "./settings.js";

/** What `fit` takes where nothing is said. */
export const usual = { batchSize: 32, shuffle: true, seed: 0 };

/** How `fit` goes through what it is given: samples, and perhaps validation data. */
export function fitPlans(options: FitSettings): (checked: readonly Samples[]) => readonly SamplesPlan[] {
  const { batchSize = usual.batchSize, shuffle = usual.shuffle, seed = usual.seed } = options;
  const { validationSplit, stepsPerEpoch } = options;
  return ([all, held]) => {
    const [samples, validation] = validationSplit === undefined ? [all!, held] : split(all!, validationSplit);
    const order = shuffle ? shuffledBy(seed) : inSequence;
    const train = { samples, batchSize, order, stepsPerEpoch, hashed: hashedFor(options, samples) };
    return validation ? [train, validationPlan(validation, options)] : [train];
  };
}

/** How validation data is gone through: in its order, as far as is asked for. */
export function validationPlan(
  samples: Samples,
  options: Pick<FitSettings, "batchSize" | "validationBatchSize" | "validationSteps" | "backup">,
): SamplesPlan {
  const { batchSize: trained = usual.batchSize, validationBatchSize: batchSize = trained, validationSteps } = options;
  const count = Math.min(samples.count, (validationSteps ?? Infinity) * batchSize);
  const hashed = hashedFor(options, samples);
  return { samples: samplesBetween(samples, 0, count), batchSize, order: inSequence, hashed };
}

/** What tells a call's data from another's: all of it, however far steps go. */
function hashedFor({ backup }: Pick<FitSettings, "backup">, { feeds }: Samples): Samples["feeds"] | undefined {
  return backup === undefined ? undefined : feeds;
}

/** The first samples and the last, of which there are `part` of all. */
function split(samples: Samples, part: number): [Samples, Samples] {
  const { count } = samples;
  const at = Math.floor(count * (1 - part));
  if (at > 0 && at < count) return [samplesBetween(samples, 0, at), samplesBetween(samples, at, count)];
  const message = `fit: validationSplit ${part} of ${count} samples leaves ${at} to train on and ${count - at} to validate on; both need one at least`;
  throw new ShapewrightError("SW_VALUE", message, "fit");
}
