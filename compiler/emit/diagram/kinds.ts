import { type Graph, topologicalOrder } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";

/** What part of a program a node is in. Drawn in its own colour. */
export const kinds = ["input", "variable", "constant", "forward", "backward", "update", "output"] as const;
export type Kind = (typeof kinds)[number];

/**
 * The part that each node of a graph plays. Forward is what an output needs. Of the rest, backward is what a gradient is computed by;
 * all else is for updates: optimizers' rules, the next count of steps.
 */
export function kindsOf(graph: Graph): Map<Node, Kind> {
  const forward = new Set(topologicalOrder(Object.values(graph.outputs)));
  const backward = new Set(topologicalOrder(graph.gradientOf.keys()));
  return new Map(graph.nodes.map((node) => [node, kindOf(node, forward.has(node), backward.has(node))]));
}

function kindOf(node: Node, forward: boolean, backward: boolean): Kind {
  if (node.op === "input" || node.op === "variable" || node.op === "constant") return node.op;
  if (forward) return "forward";
  return backward ? "backward" : "update";
}
