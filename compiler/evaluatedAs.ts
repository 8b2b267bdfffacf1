import { type Graph, makeGraph } from "../src/ir/graph.js";
import type { Names, Node } from "../src/ir/node.js";
import { builder as b } from "../src/ops/builder.js";
import { rewrite } from "./passes/rewrite.js";

/** What stands for variables in evaluation and prediction, such as their averages. */
export type EvaluatedAs = ReadonlyMap<Node, Node<"variable">>;

/** A graph that reads, once a step has been taken, what stands for variables in their places. */
export function evaluatedAs(graph: Graph, standIns: EvaluatedAs, steps: Node, names: Names): Graph {
  if (standIns.size === 0) return graph;
  return rewrite(makeGraph(graph.name, graph.outputs, [], names), (node) => {
    const standIn = standIns.get(node);
    const isNew = () => b.op("equal", [steps, b.scalar(0, "int32")]);
    return standIn && b.op("select", [isNew(), node, standIn]);
  });
}
