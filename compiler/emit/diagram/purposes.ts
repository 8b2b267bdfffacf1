import { descendants, type Graph } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";

/** Whether a node is what a loss compares the model's output with, as `compile` names it. */
export function isTarget(node: Node, { names }: Graph): boolean {
  return node.op === "input" && names.get(node) === "target";
}

/**
 * What the nodes that do not belong to the model itself are for: "loss", or a metric's name. Such are those that depend on
 * the target, and those that the loss does not need. Empty for a graph without a loss.
 */
export function purposesOf(graph: Graph): Map<Node, string> {
  const purposes = new Map<Node, string>();
  if (!("loss" in graph.outputs)) return purposes;
  const fromTarget = descendants(graph, (node) => isTarget(node, graph));
  for (const [node, outputs] of neededFor(graph)) {
    const name = outputs.has("loss") ? "loss" : [...outputs][0]!;
    if (fromTarget.has(node) || name !== "loss") purposes.set(node, name);
  }
  return purposes;
}

/** The outputs that need each node. */
function neededFor({ outputs, nodes }: Graph): Map<Node, Set<string>> {
  const needed = new Map<Node, Set<string>>();
  const add = (node: Node, names: Iterable<string>) => {
    needed.set(node, new Set([...(needed.get(node) ?? []), ...names]));
  };
  for (const [name, node] of Object.entries(outputs)) add(node, [name]);
  for (const node of nodes.toReversed()) {
    const names = needed.get(node);
    if (names) for (const input of node.inputs) add(input, names);
  }
  return needed;
}
