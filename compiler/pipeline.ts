import type { Graph } from "../src/ir/graph.js";
import { collapseAffineChains } from "./passes/collapseAffineChains.js";
import { eliminateCommonSubexpressions } from "./passes/eliminateCommonSubexpressions.js";
import { foldBatchNormalization } from "./passes/foldBatchNormalization.js";
import { foldConstants } from "./passes/foldConstants.js";
import { foldReshapes } from "./passes/foldReshapes.js";
import { foldTransposes } from "./passes/foldTransposes.js";
import { fuseActivations, fusePortableActivations } from "./passes/fuseActivations.js";
import { fuseAffine } from "./passes/fuseAffine.js";
import { fuseReluGradient } from "./passes/fuseReluGradient.js";
import { keepRounds } from "./passes/keepRounds.js";
import { maskBeforePooling } from "./passes/maskBeforePooling.js";
import type { Pass, PassObserver } from "./passes/pass.js";
import { plainUpdates } from "./passes/plainUpdates.js";
import { preparation } from "./passes/preparation.js";
import { pruneBodies } from "./passes/pruneBodies.js";
import { type MemoryBudget, recompute } from "./passes/recompute.js";
import { runAll } from "./passes/runAll.js";
import { simplify } from "./passes/simplify.js";
import { sumAfterLoops } from "./passes/sumAfterLoops.js";
import { unfoldTransposes } from "./passes/unfoldTransposes.js";
import { updateRows } from "./passes/updateRows.js";
import type { Computation } from "./program.js";
import type { Target } from "./target.js";

/**
 * The passes that every graph goes through, in the order in which they run. All run after differentiation, so that no
 * rule of it sees a fused op.
 */
export const pipeline: readonly Pass[] = [
  ...preparation,
  simplify,
  foldConstants,
  eliminateCommonSubexpressions,
  pruneBodies,
  foldTransposes,
  foldReshapes,
  fuseReluGradient,
  maskBeforePooling,
  fuseAffine,
  fuseActivations,
];

/** The passes that a train graph goes through which need fit no memory budget: they hold more, to compute less. */
export const trainingPipeline: readonly Pass[] = [...pipeline, keepRounds, sumAfterLoops];

/** The passes that a graph goes through whose variables are frozen, for prediction: see `freezeVariables`. */
export const frozenPipeline: readonly Pass[] = [...pipeline, foldBatchNormalization, collapseAffineChains];

/** The passes that a graph goes through when it is put on a target. */
export const targetPasses: Readonly<Record<Target, readonly Pass[]>> = {
  tensorflow: [updateRows, plainUpdates],
  portable: [fusePortableActivations, unfoldTransposes, eliminateCommonSubexpressions],
};

/** Runs the pipeline. `observe` is told of every pass as it runs. */
export function optimize(graph: Graph, observe?: PassObserver): Graph {
  return runToRest(pipeline, graph, observe);
}

/** Runs the pipeline for graphs whose variables are frozen. */
export function optimizeFrozen(graph: Graph): Graph {
  return runToRest(frozenPipeline, graph);
}

/** Runs the pipeline on a train graph: for speed, or, if there is a budget, to fit it; that after all else, so that nothing is merged again. */
export function optimizeTraining(graph: Graph, budget: MemoryBudget | undefined, observe?: PassObserver): Graph {
  if (!budget) return runToRest(trainingPipeline, graph, observe);
  return runAll([recompute(budget)], optimize(graph, observe), observe);
}

/** Runs the passes of a target on a graph that has been through the pipeline. */
export function optimizeFor(graph: Graph, target: Target, observe?: PassObserver): Graph {
  return runAll(targetPasses[target], graph, observe);
}

/** A computation with each of its graphs optimised for a target. */
export function retarget(computation: Computation, target: Target): Computation {
  const { call, batches } = computation;
  const run = (graph: Graph) => optimizeFor(graph, target);
  return {
    ...computation,
    call: run(call),
    ...(batches && { batches: { ...batches, train: run(batches.train), evaluate: run(batches.evaluate) } }),
  };
}

/** More rounds than any graph was seen to need. A graph is right after every one of them. */
const mostRounds = 50;

/** Runs passes until nothing changes any more: what a pass leaves may make way for an earlier one. */
function runToRest(passes: readonly Pass[], graph: Graph, observe?: PassObserver): Graph {
  const settled = new Map<Pass, Graph>();
  let current = graph;
  for (let round = 0; round < mostRounds; round++) {
    const next = runAll(passes, current, observe, settled);
    if (next === current) return current;
    current = next;
  }
  return current;
}
