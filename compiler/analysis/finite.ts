import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { hasTrait } from "../../src/ops/registry.js";

/**
 * The nodes of a graph that are finite numbers by the way they are computed, where inputs and variables are: nothing on their
 * way divides by what may be 0, or takes a logarithm or a root. Of others nothing is known.
 */
export function finiteNodes(graph: Graph): ReadonlySet<Node> {
  const known: Known = { finite: new Set(), positive: new Set(), notNegative: new Set() };
  for (const node of graph.nodes) {
    // Signs first: whether a quotient or a root is finite depends on those of its operands.
    if (isNotNegative(node, known)) known.notNegative.add(node);
    if (isPositive(node, known)) known.positive.add(node);
    if (isFiniteNode(node, known)) known.finite.add(node);
  }
  return known.finite;
}

/** What is known of the nodes so far. */
interface Known {
  readonly finite: Set<Node>;
  readonly positive: Set<Node>;
  readonly notNegative: Set<Node>;
}

function isNotNegative(node: Node, { notNegative }: Known): boolean {
  if (isOp(node, "constant")) return everyElement(node, (value) => value >= 0);
  if (isOp(node, "maximum")) return someInput(node, notNegative);
  return hasTrait(node, "nonNegative") || (keepsSign(node) && everyInput(node, notNegative));
}

function isPositive(node: Node, { positive, notNegative }: Known): boolean {
  if (isOp(node, "constant")) return everyElement(node, (value) => value > 0);
  if (isOp(node, "size")) return true;
  if (isOp(node, "maximum")) return someInput(node, positive);
  if (isOp(node, "add") && everyInput(node, notNegative)) return someInput(node, positive);
  // A product of small numbers may be 0: of float32, the smallest is 1.4e-45.
  return !isOp(node, "multiply") && keepsSign(node) && everyInput(node, positive);
}

function isFiniteNode(node: Node, { finite, positive, notNegative }: Known): boolean {
  if (isOp(node, "constant")) return everyElement(node, Number.isFinite);
  if (!everyInput(node, finite)) return false;
  if (isOp(node, "divide")) return positive.has(node.inputs[1]!);
  if (isOp(node, "reciprocal") || isOp(node, "rsqrt")) return everyInput(node, positive);
  if (isOp(node, "sqrt")) return everyInput(node, notNegative);
  if (isOp(node, "pad")) return Number.isFinite(node.attributes.value);
  return hasTrait(node, "keepsFinite");
}

function keepsSign(node: Node): boolean {
  return node.inputs.length > 0 && hasTrait(node, "keepsSign");
}

function everyElement({ attributes: { value } }: Node<"constant">, fits: (element: number) => boolean): boolean {
  const data: ArrayLike<number> = value.data;
  return Array.from(data).every(fits);
}

function everyInput({ inputs }: Node, nodes: ReadonlySet<Node>): boolean {
  return inputs.every((input) => nodes.has(input));
}

function someInput({ inputs }: Node, nodes: ReadonlySet<Node>): boolean {
  return inputs.some((input) => nodes.has(input));
}
