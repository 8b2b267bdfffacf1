import type { NdArray } from "../../src/ir/array.js";
import { rowsBetween } from "./rows.js";
import type { Samples } from "./samples.js";

/** The samples from `begin` up to `end`, without copying them. */
export function samplesBetween(samples: Samples, begin: number, end: number): Samples {
  if (begin === 0 && end === samples.count) return samples;
  return mapSamples(samples, end - begin, (array) => rowsBetween(array, begin, end));
}

/** Samples with other arrays in the places of theirs. */
export function mapSamples(samples: Samples, count: number, change: (array: NdArray, key: string) => NdArray): Samples {
  const feeds = Object.entries(samples.feeds).map(([key, array]) => [key, change(array, key)]);
  return { ...samples, feeds: Object.fromEntries(feeds), count };
}
