import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { hasTrait } from "../../src/ops/registry.js";

/**
 * The nodes of a graph that are finite numbers by the way they are computed, where inputs and variables are: nothing on their
 * way divides by what may be 0, or takes a logarithm or a root. Of others nothing is known.
 */
export function finiteNodes(graph: Graph): ReadonlySet<Node> {
  const [finite, positive, notNegative] = [new Set<Node>(), new Set<Node>(), new Set<Node>()];
  for (const node of graph.nodes) {
    const every = (nodes: ReadonlySet<Node>) => node.inputs.every((input) => nodes.has(input));
    const some = (nodes: ReadonlySet<Node>) => node.inputs.some((input) => nodes.has(input));
    const inRange = (fits: (value: number) => boolean) => isOp(node, "constant") && [...dataOf(node)].every(fits);
    const moves = hasTrait(node, "keepsSign") && node.inputs.length > 0;
    const isRaised = every(notNegative) && isOp(node, "add");
    const isBounded = isOp(node, "maximum");
    if (inRange((value) => value >= 0) || hasTrait(node, "nonNegative") || (moves && every(notNegative)))
      notNegative.add(node);
    if (isBounded && some(notNegative)) notNegative.add(node);
    const isPositive = inRange((value) => value > 0) || isOp(node, "size") || (moves && every(positive));
    if (isPositive || ((isRaised || isBounded) && some(positive))) positive.add(node);
    const divides = isOp(node, "divide") && positive.has(node.inputs[1]!);
    const takesRoot = isOp(node, "sqrt") && every(notNegative);
    const padsWithFinite = !isOp(node, "pad") || Number.isFinite(node.attributes.value);
    const computes = (hasTrait(node, "keepsFinite") && padsWithFinite) || divides || takesRoot;
    if (inRange(Number.isFinite) || (!isOp(node, "constant") && computes && every(finite))) finite.add(node);
  }
  return finite;
}

function dataOf({ attributes: { value } }: Node<"constant">): Iterable<number> {
  return value.data;
}
