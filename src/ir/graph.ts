import { appendTo } from "./appendTo.js";
import { type Body, bodiesOf } from "./body.js";
import { isOp, type Names, type Node, type OpName } from "./node.js";
import { topologicalOrder } from "./order.js";
import { printGraph } from "./print.js";

export { topologicalOrder } from "./order.js";

/**
 * A computation: named outputs, updates of variables that happen with it, and every node that these reach, inputs
 * before users. Immutable; every pass is a function from graph to graph. What nothing reaches is not in a graph, so
 * there is no dead code to remove after a rewrite.
 */
export interface Graph {
  readonly name: string;
  readonly outputs: Readonly<Record<string, Node>>;
  /** The next values of variables. All that reads a variable sees its value from before any of them. */
  readonly updates: Updates;
  readonly nodes: readonly Node[];
  readonly names: Names;
  /** What backward nodes are: for each, the nodes with respect to which it is the gradient. Passes carry it along. */
  readonly gradientOf: GradientOf;
  /** The graph as text, a node a line. */
  toString(): string;
}

/** Of variables that change, the nodes that are their next values. */
export type Updates = ReadonlyMap<Node<"variable">, Node>;

/** For nodes that are gradients, the nodes with respect to which they are. */
export type GradientOf = ReadonlyMap<Node, readonly Node[]>;

/** Makes a graph of what outputs and updates reach. `names` and `gradientOf` may speak of more nodes than these. */
export function makeGraph(
  name: string,
  outputs: Readonly<Record<string, Node>>,
  updates: Iterable<readonly [Node<"variable">, Node]>,
  names: Names,
  gradientOf: GradientOf = new Map(),
): Graph {
  const next = new Map(updates);
  const nodes = topologicalOrder([...Object.values(outputs), ...next.values(), ...next.keys()]);
  return { name, outputs, updates: next, nodes, names, gradientOf: only(gradientOf, nodes), toString: print };
}

const listed = new WeakMap<Graph, ReadonlyMap<OpName, Node>>();

/** The ops in a graph, each with the first of its nodes. Every pass asks this, and most graphs pass through most of them as they are. */
export function opsOf(graph: Graph): ReadonlyMap<OpName, Node> {
  const known = listed.get(graph);
  if (known) return known;
  const found = new Map<OpName, Node>();
  for (const node of graph.nodes) if (!found.has(node.op)) found.set(node.op, node);
  listed.set(graph, found);
  return found;
}

/** Whether any node of a graph has a body. All nodes of an op have, or none has: it is what their attributes are. */
export function hasBodies(graph: Graph): boolean {
  return [...opsOf(graph).values()].some((node) => bodiesOf(node).length > 0);
}

const bodyGraphs = new WeakMap<Body, Graph>();

/** A body as a graph of its own: its results, by their numbers, are the outputs. */
export function graphOfBody(body: Body): Graph {
  const known = bodyGraphs.get(body);
  if (known) return known;
  const graph = makeGraph("body", Object.fromEntries(body.results.entries()), [], new Map());
  bodyGraphs.set(body, graph);
  return graph;
}

/** What is said of these nodes and of no others. */
function only(gradientOf: GradientOf, nodes: readonly Node[]): GradientOf {
  if (gradientOf.size === 0) return gradientOf;
  const kept = new Map<Node, readonly Node[]>();
  for (const node of nodes) {
    const of = gradientOf.get(node);
    if (of) kept.set(node, of);
  }
  return kept;
}

function print(this: Graph): string {
  return printGraph(this);
}

/** The nodes of a kind, and everything that is computed from them. */
export function descendants({ nodes }: Graph, isRoot: (node: Node) => boolean): Set<Node> {
  const found = new Set<Node>();
  for (const node of nodes) {
    if (isRoot(node) || node.inputs.some((input) => found.has(input))) found.add(node);
  }
  return found;
}

/** The nodes that read each node. One that reads a value twice is one user of it. */
export function usersOf(graph: Graph): Map<Node, Node[]> {
  const users = new Map<Node, Node[]>(graph.nodes.map((node) => [node, []]));
  for (const node of graph.nodes) for (const input of new Set(node.inputs)) users.get(input)!.push(node);
  return users;
}

/** The nodes that stand for the results of each op that has several, as far as they are read. */
export function resultsRead(graph: Graph): Map<Node, Node<"result">[]> {
  const read = new Map<Node, Node<"result">[]>();
  for (const node of graph.nodes) {
    if (isOp(node, "result")) appendTo(read, node.inputs[0]!, node);
  }
  return read;
}

/** What has to be there when a graph has run: its outputs, and the next values of variables. */
export function finalValues({ outputs, updates }: Pick<Graph, "outputs" | "updates">): Node[] {
  return [...Object.values(outputs), ...updates.values()];
}

const counted = new WeakMap<Graph, ReadonlyMap<Node, number>>();

/** How many uses each node has, counting outputs and updates. */
export function useCounts(graph: Graph): ReadonlyMap<Node, number> {
  const known = counted.get(graph);
  if (known) return known;
  const uses = new Map<Node, number>();
  const use = (node: Node) => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const node of graph.nodes) node.inputs.forEach(use);
  finalValues(graph).forEach(use);
  counted.set(graph, uses);
  return uses;
}
