import { makeGraph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import { makeNode } from "../../src/ir/op.js";
import { inputOp } from "../../src/ops/input.js";
import { rewrite } from "../passes/rewrite.js";
import { prepare as prepareGraph } from "../pipeline.js";

/**
 * A node as it is differentiated: after the passes that come before differentiation. What it is differentiated with respect
 * to stays what it is: no pass looks behind it.
 */
export function prepare(y: Node, wanted: readonly Node[]): Node {
  const inner = wanted.filter((node) => node.inputs.length > 0);
  const standIns = new Map(inner.map((node) => [node, makeNode(inputOp, [], node)]));
  const originals = new Map<Node, Node>([...standIns].map(([node, standIn]) => [standIn, node]));
  return exchange(prepareGraph(graphOf(exchange(y, standIns))).outputs.y!, originals);
}

function exchange(y: Node, others: ReadonlyMap<Node, Node>): Node {
  return others.size === 0 ? y : rewrite(graphOf(y), (_, node) => others.get(node)).outputs.y!;
}

function graphOf(y: Node) {
  return makeGraph("gradients", { y }, [], new Map());
}
