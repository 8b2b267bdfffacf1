import type { Graph } from "../../src/ir/graph.js";
import { runInsideOut } from "./inside-out.js";
import type { Pass, PassObserver } from "./pass.js";

/** Runs passes, each once. `observe` is told of every one. */
export function runAll(passes: readonly Pass[], graph: Graph, observe?: PassObserver): Graph {
  return passes.reduce((current, pass) => {
    const next = runInsideOut(pass, current);
    observe?.(pass, current, next);
    return next;
  }, graph);
}
