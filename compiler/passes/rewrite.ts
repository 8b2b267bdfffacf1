import { type GradientOf, type Graph, makeGraph } from "../../src/ir/graph.js";
import { makeNode, nodeOfSignature } from "../../src/ir/makeNode.js";
import type { Node, OpName, OpTable } from "../../src/ir/node.js";
import type { Operand } from "../../src/ir/op.js";
import { type Place, withinEach } from "../../src/ir/place.js";
import { definitionOf } from "../../src/ops/registry.js";
import { sameShape } from "../../src/types/same-shape.js";

/**
 * Rebuilds a graph, inputs before users. Every node, its inputs already rebuilt, is offered to `replace`, which
 * returns what takes its place, or `undefined` to keep it. What `replace` makes belongs where the node does. It is given the
 * node as it was before, too: what is known of the graph, such as how often a node is used, is known of the nodes as they
 * were. A graph in which nothing changed is returned as it is.
 */
export function rewrite(graph: Graph, replace: (node: Node, before: Node) => Node | undefined): Graph {
  // Only what has changed is remembered: mostly a pass leaves most of a graph as it is.
  const changed = new Map<Node, Node>();
  const rebuilt = (node: Node) => changed.get(node) ?? node;
  const hasChanged = (node: Node) => changed.has(node);
  withinEach(graph.nodes, (node) => {
    const current =
      changed.size > 0 && node.inputs.some(hasChanged) ? withInputs(node, node.inputs.map(rebuilt)) : node;
    const next = replace(current, node) ?? current;
    if (next !== node) changed.set(node, next);
  });
  if (changed.size === 0) return graph;
  const outputs = Object.fromEntries(Object.entries(graph.outputs).map(([name, node]) => [name, rebuilt(node)]));
  return makeGraph(
    graph.name,
    outputs,
    [...graph.updates].map(([variable, next]) => [rebuilt(variable) as Node<"variable">, rebuilt(next)] as const),
    graph.names,
    followGradients(graph.gradientOf, changed),
  );
}

/** A node in the place of another, which belongs to the same layer and part. */
export function inPlaceOf<K extends OpName>(
  node: Node,
  op: K,
  inputs: readonly Node[],
  attributes: OpTable[K] = {} as OpTable[K],
): Node<K> {
  return makeNode(definitionOf(op), inputs, attributes, node.scope, node.part);
}

/** What the gradients are gradients of, after nodes have made way for others. Gradients that became one node are both. */
function followGradients(gradientOf: GradientOf, changed: ReadonlyMap<Node, Node>): GradientOf {
  const followed = new Map<Node, readonly Node[]>();
  const joined = new Map<Node, Set<Node>>();
  for (const [gradient, forward] of gradientOf) {
    const current = changed.get(gradient) ?? gradient;
    const isSame = !forward.some((node) => changed.has(node));
    const of = isSame ? forward : [...new Set(forward.map((node) => changed.get(node) ?? node))];
    const before = followed.get(current);
    if (!before) followed.set(current, of);
    else {
      const all = joined.get(current) ?? new Set(before);
      for (const node of of) all.add(node);
      joined.set(current, all);
    }
  }
  for (const [gradient, of] of joined) followed.set(gradient, [...of]);
  return followed;
}

/** The node with other inputs; the same node where they are the same. */
export function withInputs(node: Node, inputs: readonly Node[]): Node {
  if (inputs.every((input, i) => input === node.inputs[i])) return node;
  const { op, attributes, scope, part, call } = node;
  // What a shape rule makes of equal shapes is the same, and most passes keep them: the rule need not be asked again.
  const isSame = inputs.every((input, i) => sameSignature(input, node.inputs[i]!));
  const signature = isSame ? (node.results ?? node) : definitionOf(op).infer(inputs, attributes);
  return nodeOfSignature(op, signature, inputs, attributes, scope, part, call);
}

/** The node in another place. */
export function withPlace(node: Node, { scope, part }: Place): Node {
  return nodeOfSignature(node.op, node.results ?? node, node.inputs, node.attributes, scope, part, node.call);
}

function sameSignature(a: Operand, b: Operand): boolean {
  if (a.results || b.results) {
    return (
      a.results?.length === b.results?.length && a.results!.every((result, i) => sameSignature(result, b.results![i]!))
    );
  }
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
}
