import { random, shuffled } from "../../src/ir/random.js";
import type { Executable } from "../backends/backend.js";
import { dataHash } from "../data/dataHash.js";
import type { Samples } from "../data/samples.js";
import type { Interrupt } from "./interrupt.js";
import { type Pass, runSteps } from "./runSteps.js";

/** What an epoch goes through. */
export interface Feed {
  /** The steps of an epoch, and all samples, where they are known before it. */
  readonly steps?: number;
  readonly samples?: number;
  /** The hash of all samples, also of those that no step reaches, where they are known before it and it was asked for. */
  readonly hash?: number;
  /** The hash of a source's first batch in the epoch that it was first asked for, once that has come. */
  readonly seen?: () => number | undefined;
  /** The same of an epoch's first batch, which it is asked for anew; absent where a source can be gone through once. */
  look?(interrupt: Interrupt, epoch: number): Promise<number | undefined>;
  /**
   * Runs a graph over all samples, as they are in epoch `epoch`, counted from 0.
   *
   * @param taken how many of the epoch's steps have been taken before, by a run that was killed
   */
  run(pass: Pass, epoch: number, taken?: number): Promise<void>;
  /** Goes by what `epochs` epochs have seen of a source that epochs go on with; absent where an epoch's samples follow from its number. */
  skip?(pass: Pass, epochs: number): Promise<void>;
  dispose(): Promise<void>;
}

/** The order in which an epoch sees its samples. */
export type OrderOf = (count: number, epoch: number) => Int32Array;

/** Samples one after the other. */
export const inSequence: OrderOf = (count) => Int32Array.from({ length: count }, (_, i) => i);

/** A random order, which depends on the seed and the epoch's number alone: a run that is resumed goes on as it would have. */
export function shuffledBy(seed: number): OrderOf {
  return (count, epoch) => shuffled(count, random(seed, `shuffle/${epoch}`));
}

/** How samples are gone through. */
export interface SamplesPlan {
  readonly samples: Samples;
  readonly batchSize: number;
  readonly order: OrderOf;
  /**
   * How many steps make an epoch, where it is not one round of the samples: each goes on where the one before has ended, and each round
   * has an order of its own.
   */
  readonly stepsPerEpoch?: number | undefined;
  /** What a hash is asked for of, where it is: these samples, or all that they are the first of. */
  readonly hashed?: Samples["feeds"] | undefined;
}

/** Samples that are all there: uploaded once. */
export function samplesFeed(executable: Executable, plan: SamplesPlan): Feed {
  const { samples, batchSize, order, stepsPerEpoch, hashed } = plan;
  const { feeds, count, sizes } = samples;
  const data = executable.upload(feeds);
  const round = Math.ceil(count / batchSize);
  const steps = round === 0 ? 0 : (stepsPerEpoch ?? round);
  return {
    steps,
    samples: count,
    ...(hashed && { hash: dataHash(hashed) }),
    async run(pass, epoch, taken = 0) {
      const end = (epoch + 1) * steps;
      for (let step = epoch * steps + taken; step < end; ) {
        const first = step % round;
        const last = Math.min(round, first + end - step);
        data.setOrder(order(count, Math.floor(step / round)));
        const stretch = { begin: first * batchSize, end: Math.min(last * batchSize, count) };
        await runSteps(pass, data, { count, batchSize, sizes }, stretch);
        if (pass.isEnough?.()) return;
        step += last - first;
      }
    },
    dispose: async () => data.dispose(),
  };
}
