import type { Executable } from "../backends/backend.js";
import type { Feed } from "./feed.js";
import { Interrupt } from "./interrupt.js";
import { Pace } from "./pace.js";
import { type Means, Totals } from "./totals.js";

/** The mean loss and metrics over a feed, with the model as it is in prediction. */
export async function evaluate(executable: Executable, feed: Feed, disposed: AbortSignal): Promise<Means> {
  const totals = new Totals();
  const interrupt = new Interrupt(disposed);
  await feed.run({ executable, graph: "evaluate", interrupt, pace: new Pace(), totals }, 0);
  return totals.means;
}
