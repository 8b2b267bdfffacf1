import { type Graph, topologicalOrder } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";
import { isUpdate } from "../../../src/ir/op.js";
import { definitionOf } from "../../../src/ops/registry.js";

/** What part of a program a node is in. Drawn in its own colour. */
export const kinds = ["input", "variable", "constant", "forward", "backward", "update", "output"] as const;
export type Kind = (typeof kinds)[number];

/**
 * The part that each node of a graph plays. Forward is what an output needs; of the rest, backward is what is computed
 * from the data, and update is what writes a variable or is computed from variables alone, such as the count of steps.
 */
export function kindsOf(graph: Graph): Map<Node, Kind> {
  const forward = new Set(topologicalOrder(Object.values(graph.outputs)));
  const result = new Map<Node, Kind>();
  const fromData = new Set<Node>();
  for (const node of graph.nodes) {
    if (node.op === "input" || node.inputs.some((input) => fromData.has(input))) fromData.add(node);
    result.set(node, kindOf(node, forward.has(node), fromData.has(node)));
  }
  return result;
}

function kindOf(node: Node, forward: boolean, fromData: boolean): Kind {
  if (node.op === "input" || node.op === "variable" || node.op === "constant") return node.op;
  if (isUpdate(definitionOf(node.op))) return "update";
  if (forward) return "forward";
  return fromData ? "backward" : "update";
}
