import { host } from "#host";
import type { BatchGraph, Dataset, Executable } from "../backends/backend.js";
import { Pace } from "./pace.js";

/** Means over the samples seen: the loss, and the metrics. */
export type Means = Readonly<Record<string, number>>;

/** One pass over a dataset. */
export interface Epoch {
  readonly executable: Executable;
  readonly graph: BatchGraph;
  readonly data: Dataset;
  readonly count: number;
  readonly batchSize: number;
  readonly pace?: Pace;
  readonly signal?: { throwIfAborted(): void } | undefined;
  readonly onProgress?: (steps: number, means: Means) => void;
}

/**
 * Runs a graph over all samples in the dataset's order: many steps in a call, the event loop let run between calls.
 * The last batch may be short, and counts for as many samples as it has.
 */
export async function runEpoch(epoch: Epoch): Promise<Means> {
  const { executable, graph, data, count, batchSize, pace = new Pace(), signal, onProgress } = epoch;
  const sums = new Map<string, number>();
  const means = (seen: number) => Object.fromEntries([...sums].map(([name, sum]) => [name, sum / seen]));
  const full = count - (count % batchSize);
  let steps = 0;
  for (let begin = 0; begin < count; ) {
    signal?.throwIfAborted();
    const size = begin < full ? batchSize : count - full;
    const end = begin + size * pace.steps(begin < full ? (full - begin) / size : 1);
    const start = performance.now();
    const results = executable.run(graph, data, begin, end, size);
    pace.record((end - begin) / size, (performance.now() - start) / 1000);
    for (const [name, value] of Object.entries(results)) sums.set(name, (sums.get(name) ?? 0) + value * size);
    steps += (end - begin) / size;
    begin = end;
    onProgress?.(steps, means(begin));
    await host.pause();
  }
  return means(count);
}
