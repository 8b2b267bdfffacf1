import type { Program } from "../../compiler/program.js";
import type { Executable } from "../backends/backend.js";
import type { Signal } from "../signal.js";
import type { Feed } from "./feed.js";
import { Interrupt } from "./interrupt.js";
import { Pace } from "./pace.js";
import { type Reports, Totals } from "./totals.js";

/** The loss and the metrics over a feed, with the model as it is in prediction. */
export async function evaluate(
  program: Program,
  executable: Executable,
  feed: Feed,
  disposed: Signal,
): Promise<Reports> {
  const totals = new Totals(program);
  const interrupt = new Interrupt(disposed);
  await feed.run({ executable, graph: "evaluate", interrupt, pace: new Pace(), totals }, 0);
  return totals.reports;
}
