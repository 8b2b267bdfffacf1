import { host } from "#host";
import type { Program } from "../../compiler/program.js";
import type { BatchGraph, Executable } from "../backends/backend.js";
import type { Samples } from "../data/samples.js";
import { inSequence } from "./feed.js";
import { Totals } from "./totals.js";

/**
 * Runs a graph on one batch: a step, or several in one call of the backend. Where samples are left that do not make a whole step, they are
 * a step, and a call, of their own.
 */
export async function runBatch(
  program: Program,
  executable: Executable,
  graph: BatchGraph,
  { feeds, count, sizes }: Samples,
  batchSize = count,
): Promise<Totals> {
  const totals = new Totals(program);
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
  // A loop of steps that never waited would keep timers, requests and Ctrl-C from being heard.
  await host.pause();
  return totals;
}
