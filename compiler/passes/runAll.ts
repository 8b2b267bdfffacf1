import type { Graph } from "../../src/ir/graph.js";
import { runInsideOut } from "./inside-out.js";
import type { Pass, PassObserver } from "./pass.js";

/**
 * Runs passes, each once. `observe` is told of every one.
 *
 * @param settled for passes, the graph that they were seen to leave as it is: they are not asked of it again. It is kept up
 */
export function runAll(
  passes: readonly Pass[],
  graph: Graph,
  observe?: PassObserver,
  settled = new Map<Pass, Graph>(),
): Graph {
  return passes.reduce((current, pass) => {
    const next = settled.get(pass) === current ? current : runInsideOut(pass, current);
    if (next === current) settled.set(pass, current);
    observe?.(pass, current, next);
    return next;
  }, graph);
}
