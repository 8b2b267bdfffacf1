import { type Graph, makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node } from "../../src/ir/node.js";
import { inputOp } from "../../src/ops/input.js";
import { preparation } from "../passes/preparation.js";
import { rewrite } from "../passes/rewrite.js";
import { runAll } from "../passes/runAll.js";

/**
 * Nodes as they are differentiated: after the passes that come before differentiation.
 *
 * @param isKept whether a node stays what it is: what is differentiated with respect to, for one. No pass looks behind it
 */
export function prepare(outputs: readonly Node[], isKept: (node: Node) => boolean): Node[] {
  const graph = makeGraph("derivatives", Object.fromEntries(outputs.entries()), [], new Map());
  const inner = graph.nodes.filter((node) => node.inputs.length > 0 && isKept(node));
  const standIns = new Map(inner.map((node) => [node, standIn(node)]));
  const originals = new Map<Node, Node>([...standIns].map(([node, input]) => [input, node]));
  return Object.values(exchange(runAll(preparation, exchange(graph, standIns)), originals).outputs);
}

function standIn({ shape, dtype }: Node): Node {
  return makeNode(inputOp, [], { shape, dtype });
}

function exchange(graph: Graph, others: ReadonlyMap<Node, Node>): Graph {
  return others.size === 0 ? graph : rewrite(graph, (_, node) => others.get(node));
}
