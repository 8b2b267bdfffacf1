import { type Graph, makeGraph } from "../../src/ir/graph.js";
import type { Node, Scope } from "../../src/ir/node.js";

/** A graph's copy whose nodes count how often somebody looks at their inputs, and a function that gives the count. */
export function countingReads(graph: Graph): { readonly copy: Graph; readonly reads: () => number } {
  let count = 0;
  const copies = new Map<Node | Scope, Node>();
  const copyOf = (node: Node) => copies.get(node)!;
  for (const node of graph.nodes) {
    const inputs = node.inputs.map(copyOf);
    const copy = Object.defineProperty({ ...node }, "inputs", {
      get: () => {
        count++;
        return inputs;
      },
    });
    copies.set(node, copy);
  }
  const outputs = Object.fromEntries(Object.entries(graph.outputs).map(([name, node]) => [name, copyOf(node)]));
  const names = new Map([...graph.names].map(([named, name]) => [copies.get(named) ?? named, name]));
  // What passes have fused away is spoken of, but is no node of the graph.
  const now = (node: Node) => copies.get(node) ?? node;
  const gradientOf = new Map([...graph.gradientOf].map(([gradient, of]) => [now(gradient), of.map(now)]));
  const updates = [...graph.updates].map(
    ([variable, next]) => [copyOf(variable) as typeof variable, copyOf(next)] as const,
  );
  const copy = makeGraph(graph.name, outputs, updates, names, gradientOf);
  count = 0;
  return { copy, reads: () => count };
}
