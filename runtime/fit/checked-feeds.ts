import type { Program } from "../../compiler/program.js";
import { checkOption, required } from "../../src/ir/options.js";
import type { Executable } from "../backends/backend.js";
import { inOrder } from "../data/inOrder.js";
import { checkBatch, checkSamples, type Given } from "../data/samples.js";
import { batchesFeed } from "./batchesFeed.js";
import { type Feed, type OrderOf, samplesFeed } from "./feed.js";
import { checkedBatches, checkOften, type Source, sourceRule } from "./source.js";

/** Samples as they are given, and the order they are to be taken in. */
export interface Ordered extends Given {
  readonly order: OrderOf;
}

/** Checked samples, on the backend: all are checked before any is uploaded. */
export async function samplesFeeds(
  program: Program,
  executable: Executable,
  given: readonly Ordered[],
  batchSize: number,
  disposed: AbortSignal,
): Promise<Feed[]> {
  const checked = await inOrder(given.map((one) => checkSamples(program, one)));
  disposed.throwIfAborted();
  const feeds: Feed[] = [];
  try {
    for (const [i, samples] of checked.entries()) {
      feeds.push(samplesFeed(executable, samples, batchSize, given[i]!.order));
    }
    return feeds;
  } catch (error) {
    for (const feed of feeds) feed.dispose();
    throw error;
  }
}

/** Samples that come from a source, each batch checked as it comes. */
export function sourceFeed(
  op: string,
  program: Program,
  source: Source<unknown>,
  batchSize: number | undefined,
  epochs: number,
): Feed {
  checkOption(op, "source", source, required(sourceRule));
  checkOften(op, source, epochs);
  const check = (batch: unknown) => checkBatch(program, batch);
  return batchesFeed((epoch, interrupt) => checkedBatches(op, source, epoch, interrupt, check), batchSize);
}
