import { appendTo } from "../../src/ir/appendTo.js";
import { finalValues, type Graph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";

/**
 * When values die: for each node, the values that nothing reads after it, when the graph's nodes run in their order. A
 * value that nothing reads at all dies at its own node. Outputs and next values of variables live to the end.
 */
export function lastUses(graph: Graph): Map<Node, Node[]> {
  const last = new Map<Node, Node>();
  for (const node of graph.nodes) {
    last.set(node, node);
    for (const input of node.inputs) last.set(input, node);
  }
  const outputs = new Set(finalValues(graph));
  const dying = new Map<Node, Node[]>();
  for (const [value, user] of last) {
    if (!outputs.has(value)) appendTo(dying, user, value);
  }
  return dying;
}
