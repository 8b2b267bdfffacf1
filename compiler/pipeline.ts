import type { Graph } from "../src/ir/graph.js";
import { eliminateCommonSubexpressions } from "./passes/eliminateCommonSubexpressions.js";
import { foldConstants } from "./passes/foldConstants.js";
import { fuseAffine } from "./passes/fuseAffine.js";
import { fuseReluGradient } from "./passes/fuseReluGradient.js";
import { maskBeforePooling } from "./passes/maskBeforePooling.js";
import type { Pass, PassObserver } from "./passes/pass.js";
import { simplify } from "./passes/simplify.js";

/** Every pass, in the order in which they run. All run after differentiation, so that no rule sees a fused op. */
export const pipeline: readonly Pass[] = [
  simplify,
  foldConstants,
  eliminateCommonSubexpressions,
  fuseReluGradient,
  maskBeforePooling,
  simplify,
  fuseAffine,
];

/** Runs the pipeline. `observe` is told of every pass as it runs. */
export function optimize(graph: Graph, observe?: PassObserver): Graph {
  return runAll(pipeline, graph, observe);
}

function runAll(passes: readonly Pass[], graph: Graph, observe?: PassObserver): Graph {
  return passes.reduce((current, pass) => {
    const next = pass.run(current);
    observe?.(pass, current, next);
    return next;
  }, graph);
}
