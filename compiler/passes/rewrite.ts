import { type GradientOf, type Graph, makeGraph } from "../../src/ir/graph.js";
import type { Node, OpName, OpTable } from "../../src/ir/node.js";
import { makeNode } from "../../src/ir/op.js";
import { definitionOf } from "../../src/ops/registry.js";

/**
 * Rebuilds a graph, inputs before users. Every node, its inputs already rebuilt, is offered to `replace`, which
 * returns what takes its place, or `undefined` to keep it. `replace` is given the node as it was before, too: what is known
 * of the graph, such as how often a node is used, is known of the nodes as they were. A graph in which nothing changed is
 * returned as it is.
 */
export function rewrite(graph: Graph, replace: (node: Node, before: Node) => Node | undefined): Graph {
  const rebuilt = new Map<Node, Node>();
  for (const node of graph.nodes) {
    const current = withInputs(
      node,
      node.inputs.map((input) => rebuilt.get(input)!),
    );
    rebuilt.set(node, replace(current, node) ?? current);
  }
  if (graph.nodes.every((node) => rebuilt.get(node) === node)) return graph;
  const outputs = Object.fromEntries(Object.entries(graph.outputs).map(([name, node]) => [name, rebuilt.get(node)!]));
  return makeGraph(
    graph.name,
    outputs,
    graph.updates.map((node) => rebuilt.get(node)!),
    graph.names,
    followGradients(graph.gradientOf, rebuilt),
  );
}

/** What the gradients are gradients of, after nodes have made way for others. Gradients that became one node are both. */
function followGradients(gradientOf: GradientOf, rebuilt: ReadonlyMap<Node, Node>): GradientOf {
  const followed = new Map<Node, Node[]>();
  for (const [gradient, forward] of gradientOf) {
    const current = rebuilt.get(gradient)!;
    const of = [...(followed.get(current) ?? []), ...forward.map((node) => rebuilt.get(node) ?? node)];
    followed.set(current, [...new Set(of)]);
  }
  return followed;
}

/** A node in the place of another, which belongs to the same layer. */
export function inPlaceOf<K extends OpName>(
  node: Node,
  op: K,
  inputs: readonly Node[],
  attributes: OpTable[K] = {} as OpTable[K],
): Node<K> {
  return makeNode(definitionOf(op), inputs, attributes, node.scope);
}

/** The node with other inputs; the same node where they are the same. Its shape is inferred anew. */
export function withInputs(node: Node, inputs: readonly Node[]): Node {
  if (inputs.every((input, i) => input === node.inputs[i])) return node;
  return makeNode(definitionOf(node.op), inputs, node.attributes, node.scope);
}
