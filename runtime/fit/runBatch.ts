import { host } from "#host";
import type { Program } from "../../compiler/program.js";
import type { BatchGraph, Executable } from "../backends/backend.js";
import type { Samples } from "../data/samples.js";
import { samplesBetween } from "../data/samplesBetween.js";
import { inSequence } from "./feed.js";
import { Totals } from "./totals.js";

/**
 * Runs a graph on one batch: a step, or several in one call of the backend. Where samples are left that do not make a whole step, they are
 * a step, and a call, of their own.
 *
 * @param found says whether a step was the last that is to be taken: where it is given, each step is a call
 */
export async function runBatch(
  program: Program,
  executable: Executable,
  graph: BatchGraph,
  samples: Samples,
  batchSize = samples.count,
  found?: () => string | undefined,
): Promise<Totals> {
  const totals = new Totals(program);
  if (found || batchSize >= samples.count) runAlone(executable, graph, samples, batchSize, totals, found);
  else runTogether(executable, graph, samples, batchSize, totals);
  // A loop of steps that never waited would keep timers, requests and Ctrl-C from being heard.
  await host.pause();
  return totals;
}

function runAlone(
  executable: Executable,
  graph: BatchGraph,
  samples: Samples,
  batchSize: number,
  totals: Totals,
  found?: () => string | undefined,
): void {
  for (let begin = 0; begin < samples.count && !found?.(); begin += batchSize) {
    const batch = samplesBetween(samples, begin, Math.min(begin + batchSize, samples.count));
    totals.add(executable.step(graph, batch.feeds), 1, batch.count, batch.sizes);
  }
}

function runTogether(
  executable: Executable,
  graph: BatchGraph,
  { feeds, count, sizes }: Samples,
  batchSize: number,
  totals: Totals,
): void {
  const full = count - (count % batchSize);
  const data = executable.upload(feeds);
  try {
    data.setOrder(inSequence(count, 0));
    const run = (begin: number, end: number, size: number) => {
      if (begin < end) totals.add(executable.run(graph, data, begin, end, size), (end - begin) / size, size, sizes);
    };
    run(0, full, batchSize);
    run(full, count, count - full);
  } finally {
    data.dispose();
  }
}
