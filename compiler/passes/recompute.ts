import { type Body, bodiesOf } from "../../src/ir/body.js";
import { type Graph, graphOfBody } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import { nodeCost } from "../analysis/cost.js";
import { peakMemory } from "../analysis/memory.js";
import type { DimSizes } from "../analysis/sizes.js";
import { mapBody, withBodies } from "./inside-out.js";
import type { Pass } from "./pass.js";
import { type ForwardPass, forwardPassOf, heldBytes } from "./recompute/forward.js";
import { recomputed } from "./recompute/recomputed.js";
import { keptBySegments } from "./recompute/segments.js";
import { rewrite } from "./rewrite.js";

/** How much memory the values of a training step may take, and at which sizes of the named dims. */
export interface MemoryBudget {
  readonly bytes: number;
  readonly dims: DimSizes;
}

/**
 * Lets the backward pass compute values of the forward pass again instead of holding them, until a training step fits a budget
 * by `peakMemory`: as few operations again as are found to suffice. What fits already is left as it is; where nothing
 * suffices, what takes the least memory is taken.
 */
export function recompute(budget: MemoryBudget): Pass {
  return {
    name: "recompute",
    ofWhole: true,
    summary: "values of the forward pass are computed again where holding them would go over the memory budget",
    run: (graph) => fitWithin(graph, budget),
  };
}

function fitWithin(graph: Graph, budget: MemoryBudget): Graph {
  if (peakMemory(graph, budget.dims).bytes <= budget.bytes) return graph;
  return fitBodies(fit(graph, budget), budget);
}

/**
 * Lets the bodies of loops fit, each in what the rest leaves of the budget where it runs: the backward pass of a loop computes each
 * round's forward pass before it goes back through it.
 */
function fitBodies(graph: Graph, budget: MemoryBudget): Graph {
  const { bytes, at } = peakMemory(graph, budget.dims);
  if (!at || bytes <= budget.bytes) return graph;
  const within = (body: Body) => peakMemory(graphOfBody(body), budget.dims).bytes;
  const outside = bytes - Math.max(0, ...bodiesOf(at).map(([, body]) => within(body)));
  const inner = { ...budget, bytes: budget.bytes - outside };
  const changed = withBodies(at, (body) => {
    const fitted = mapBody(body, (before) => fitWithin(before, inner));
    return within(fitted) < within(body) ? fitted : body;
  });
  return changed
    ? fitBodies(
        rewrite(graph, (node) => (node === at ? changed : undefined)),
        budget,
      )
    : graph;
}

/** A way of computing the step. */
interface Plan {
  readonly graph: Graph;
  readonly kept: ReadonlySet<Node>;
  readonly again: readonly Node[];
  readonly peakBytes: number;
  /** What is computed again, in operations. */
  readonly flops: number;
}

function fit(graph: Graph, { bytes, dims }: MemoryBudget): Graph {
  const forward = forwardPassOf(graph);
  const plan = (kept: ReadonlySet<Node>): Plan => {
    const { graph: changed, again } = recomputed(graph, forward, kept);
    const flops = again.reduce((sum, node) => sum + nodeCost(node, dims).flops, 0);
    return { graph: changed, kept, again, peakBytes: peakMemory(changed, dims).bytes, flops };
  };
  const better = (a: Plan, b: Plan): Plan => {
    if (a.peakBytes > bytes || b.peakBytes > bytes) return b.peakBytes < a.peakBytes ? b : a;
    return b.flops < a.flops ? b : a;
  };
  const plans = limitsFor(forward, dims).map((limit) => plan(keptBySegments(forward, limit, dims)));
  const best = plans.reduce(better, plan(new Set(forward.nodes)));
  return best.peakBytes <= bytes ? keepMore(best, plan, bytes, dims).graph : best.graph;
}

/** Limits for a segment to try: from all that is held down to a thousandth of it. */
function limitsFor({ held }: ForwardPass, dims: DimSizes): number[] {
  const total = [...held].reduce((sum, node) => sum + heldBytes(node, dims), 0);
  return Array.from({ length: 20 }, (_, i) => total * 0.7 ** i);
}

/** Keeps as many more values as the budget allows, beginning with those that are dearest to compute for their size. */
function keepMore(start: Plan, plan: (kept: ReadonlySet<Node>) => Plan, budget: number, dims: DimSizes): Plan {
  const price = (node: Node) => nodeCost(node, dims).flops / Math.max(1, heldBytes(node, dims));
  const dearest = [...start.again].sort((a, b) => price(b) - price(a));
  let best = start;
  // By bisection: the first `low` of them fit, the first `high` do not.
  let [low, high] = [0, dearest.length + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const next = plan(new Set([...start.kept, ...dearest.slice(0, middle)]));
    if (next.peakBytes <= budget) {
      low = middle;
      if (next.flops < best.flops) best = next;
    } else high = middle;
  }
  return best;
}
