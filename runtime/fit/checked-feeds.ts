import { host } from "#host";
import type { Program } from "../../compiler/program.js";
import { checkOption, required } from "../../src/ir/options.js";
import type { Executable } from "../backends/backend.js";
import { dataHash } from "../data/dataHash.js";
import { together } from "../data/inOrder.js";
import { checkBatch, checkSamples, type Given, type Samples } from "../data/samples.js";
import type { Signal } from "../signal.js";
import { batchesFeed } from "./batchesFeed.js";
import { type Feed, type SamplesPlan, samplesFeed } from "./feed.js";
import type { Interrupt } from "./interrupt.js";
import {
  checkEnds,
  checkedBatches,
  checkOften,
  endedEarly,
  isEpochs,
  isOnce,
  type Source,
  sourceRule,
} from "./source.js";
import { streamFeed } from "./streamFeed.js";

/**
 * Checked samples, on the backend: all are checked before any is uploaded.
 *
 * @param plans how they are gone through
 */
export async function samplesFeeds(
  program: Program,
  executable: Executable,
  given: readonly Given[],
  plans: (checked: readonly Samples[]) => readonly SamplesPlan[],
  disposed: Signal,
): Promise<Feed[]> {
  const checked = await together(
    given.map((one) => () => checkSamples(program, one)),
    (samples) => samples,
  );
  disposed.throwIfAborted();
  const feeds: Feed[] = [];
  try {
    for (const plan of plans(checked)) feeds.push(samplesFeed(executable, plan));
    return feeds;
  } catch (error) {
    for (const feed of feeds) await feed.dispose();
    throw error;
  }
}

/** How a source is gone through. */
export interface SourceSettings {
  readonly batchSize?: number | undefined;
  /** After how many steps it is enough. */
  readonly steps?: number | undefined;
  /** The option that says so. */
  readonly stepsOption?: "stepsPerEpoch" | "validationSteps";
  /** Whether something else may end it between two steps. */
  readonly isStoppable?: boolean;
}

/** Samples that come from a source, each batch checked as it comes; it starts afresh for each epoch. */
export function sourceFeed(
  op: string,
  program: Program,
  source: Source<unknown>,
  epochs: number,
  settings: SourceSettings,
): Feed {
  checkOption(op, "source", source, required(sourceRule));
  checkOften(op, source, epochs);
  const { stepsOption, isStoppable = false, ...taken } = settings;
  if (taken.steps === undefined && !isStoppable) checkEnds(op, source, stepsOption);
  const { batches, ...looking } = seenSource(op, program, source);
  return { ...batchesFeed({ batches, ...taken }), ...looking };
}

/** The same, where each epoch takes the next so many steps. A source that ends starts afresh, if it can; that has not the steps of an epoch is told. */
export function sourceStream(
  op: string,
  program: Program,
  source: Source<unknown>,
  steps: number,
  batchSize: number | undefined,
): Feed {
  checkOption(op, "source", source, required(sourceRule));
  const { batches: round, ...looking } = seenSource(op, program, source);
  async function* batches(interrupt: Interrupt) {
    for (let count = 0; ; count++) {
      let [given, samples] = [0, 0];
      for await (const batch of round(count, interrupt)) {
        given += 1;
        samples += batch.count;
        yield batch;
      }
      if (isOnce(source)) throw endedEarly(op);
      const own = batchSize === undefined ? given : Math.floor(samples / batchSize);
      if (count === 0 && own < steps) tellShort(op, source, own, steps);
    }
  }
  const { seen, look } = looking;
  // Whatever the first epoch's number is, the source is gone through from its beginning.
  return {
    ...streamFeed({ batches, batchSize, steps }),
    seen,
    ...(look && { look: (interrupt: Interrupt) => look(interrupt, 0) }),
  };
}

/** Tells, as Keras does, that a source has not the steps that make an epoch. */
function tellShort(op: string, source: Source<unknown>, own: number, steps: number): void {
  const meant = isEpochs(source) ? "; with repeat() it does not end" : "";
  const fault = `the source ended after ${own} of the ${steps} steps that stepsPerEpoch asks for, and begins again`;
  host.reports.write(`${op}: ${fault}${meant}\n`);
}

/** A source's batches as they are checked, and the hash of the first: what goes on from a backup looks whether it is that of before. */
function seenSource(op: string, program: Program, source: Source<unknown>) {
  let seen: number | undefined;
  const check = async (batch: unknown) => {
    const samples = await checkBatch(program, batch);
    seen ??= dataHash(samples.feeds);
    return samples;
  };
  const batches = (epoch: number, interrupt: Interrupt) => checkedBatches(op, source, epoch, interrupt, check);
  const look = async (interrupt: Interrupt, epoch: number) => {
    for await (const { feeds } of batches(epoch, interrupt)) return dataHash(feeds);
    return undefined;
  };
  return { batches, seen: () => seen, ...(!isOnce(source) && { look }) };
}
