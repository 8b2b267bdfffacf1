import { host } from "#host";
import type { BatchGraph, Dataset, Executable } from "../backends/backend.js";
import type { Interrupt } from "./interrupt.js";
import type { Pace } from "./pace.js";
import type { Totals } from "./totals.js";

/** What a pass over samples is run with. */
export interface Pass {
  readonly executable: Executable;
  readonly graph: BatchGraph;
  readonly interrupt: Interrupt;
  readonly pace: Pace;
  readonly totals: Totals;
  readonly onProgress?: ((totals: Totals) => Promise<void>) | undefined;
  /** Whether no more steps are to be taken, though there are some. */
  readonly isEnough?: () => boolean;
}

/** How many samples there are and go into a step, and the sizes of named dims besides. */
export interface Extent {
  readonly count: number;
  readonly batchSize: number;
  readonly sizes: ReadonlyMap<string, number>;
}

/** The samples of some steps: from `begin`, where a step begins, up to `end`, where one does or the samples end. */
export interface Stretch {
  readonly begin: number;
  readonly end: number;
}

/**
 * Runs a graph over a dataset in its order: many steps in a call, the event loop let run between calls. The last batch may
 * be short, and counts for as many samples as it has.
 *
 * @param stretch what is gone through: all, unless said otherwise
 */
export async function runSteps(
  { executable, graph, interrupt, pace, totals, onProgress, isEnough }: Pass,
  data: Dataset,
  { count, batchSize, sizes }: Extent,
  stretch: Stretch = { begin: 0, end: count },
): Promise<void> {
  const full = count - (count % batchSize);
  for (let { begin } = stretch; begin < stretch.end; ) {
    interrupt.check();
    const size = begin < full ? batchSize : count - full;
    const steps = pace.steps(begin < full ? (Math.min(full, stretch.end) - begin) / size : 1);
    const end = begin + size * steps;
    const start = performance.now();
    const results = executable.run(graph, data, begin, end, size);
    pace.record(steps, (performance.now() - start) / 1000);
    totals.add(results, steps, size, sizes);
    begin = end;
    await onProgress?.(totals);
    if (isEnough?.()) return;
    await host.pause();
  }
}
