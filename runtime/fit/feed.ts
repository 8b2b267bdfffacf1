import { random, shuffled } from "../../src/ir/random.js";
import type { Executable } from "../backends/backend.js";
import type { Samples } from "../data/samples.js";
import { type Pass, runSteps } from "./runSteps.js";

/** What an epoch goes through. */
export interface Feed {
  /** The steps of an epoch, where they are known before it. */
  readonly steps?: number;
  /** Runs a graph over all samples, as they are in epoch `epoch`, counted from 0. */
  run(pass: Pass, epoch: number): Promise<void>;
  dispose(): void;
}

/** The order in which an epoch sees its samples. */
export type OrderOf = (count: number, epoch: number) => Int32Array;

/** Samples one after the other. */
export const inSequence: OrderOf = (count) => Int32Array.from({ length: count }, (_, i) => i);

/** A random order, which depends on the seed and the epoch's number alone: a run that is resumed goes on as it would have. */
export function shuffledBy(seed: number): OrderOf {
  return (count, epoch) => shuffled(count, random(seed, `shuffle/${epoch}`));
}

/** Samples that are all there: uploaded once. */
export function samplesFeed(
  executable: Executable,
  { feeds, count, sizes }: Samples,
  batchSize: number,
  orderOf: OrderOf = inSequence,
): Feed {
  const data = executable.upload(feeds);
  return {
    steps: Math.ceil(count / batchSize),
    async run(pass, epoch) {
      data.setOrder(orderOf(count, epoch));
      await runSteps(pass, data, { count, batchSize, sizes });
    },
    dispose: () => data.dispose(),
  };
}
