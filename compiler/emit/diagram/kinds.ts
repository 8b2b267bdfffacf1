import { descendants, type Graph, topologicalOrder } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";
import { isUpdate } from "../../../src/ir/op.js";
import { definitionOf } from "../../../src/ops/registry.js";

/** What part of a program a node is in. Drawn in its own colour. */
export const kinds = ["input", "variable", "constant", "forward", "backward", "update", "output"] as const;
export type Kind = (typeof kinds)[number];

/**
 * The part that each node of a graph plays. Forward is what an output needs. Of the rest, update is what writes a variable,
 * with what is computed for that without the data, such as the next count of steps; all else is backward.
 */
export function kindsOf(graph: Graph): Map<Node, Kind> {
  const forward = new Set(topologicalOrder(Object.values(graph.outputs)));
  const fromData = descendants(graph, ({ op }) => op === "input");
  const kinds = new Map<Node, Kind>();
  const readElsewhere = new Set<Node>();
  for (const node of graph.nodes.toReversed()) {
    const ofUpdates = !fromData.has(node) && !readElsewhere.has(node);
    const kind = kindOf(node, forward.has(node), ofUpdates);
    kinds.set(node, kind);
    if (kind !== "update") for (const input of node.inputs) readElsewhere.add(input);
  }
  return kinds;
}

function kindOf(node: Node, forward: boolean, ofUpdates: boolean): Kind {
  if (node.op === "input" || node.op === "variable" || node.op === "constant") return node.op;
  if (isUpdate(definitionOf(node.op))) return "update";
  if (forward) return "forward";
  return ofUpdates ? "update" : "backward";
}
