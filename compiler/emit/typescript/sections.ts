import { descendants, type Graph, topologicalOrder, usersOf } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import type { InPlaceUpdates } from "../../analysis/in-place.js";

/** The nodes of a step in the order of a reader: each list may use what stands before it. */
export interface Sections {
  /** From the inputs to the model's output. */
  readonly forward: readonly Node[];
  /** The loss and the metrics. */
  readonly loss: readonly Node[];
  readonly backward: readonly Node[];
  /** The next values of variables, and what is computed for them alone. What is done in place stands last, with what follows from it. */
  readonly update: readonly Node[];
}

/** Sorts a graph's nodes into sections. Inputs and variables are in none. */
export function sectionsOf(graph: Graph, target: Node | undefined, { late }: InPlaceUpdates): Sections {
  const computed = graph.nodes.filter((node) => !isOp(node, "input") && !isOp(node, "variable"));
  const reported = new Set(topologicalOrder(Object.values(graph.outputs)));
  const judged = descendants(graph, (node) => node === target);
  const gradients = new Set(topologicalOrder(graph.gradientOf.keys()));
  // The model's output and what is before it: gradients flow through them. A metric's own computations have none.
  const trained = [...graph.gradientOf.values()].flat().filter((node) => !judged.has(node));
  const before = trained.length > 0 ? new Set(topologicalOrder(trained)) : reported;
  const users = usersOf(graph);

  const sections: Record<keyof Sections, Node[]> = { forward: [], loss: [], backward: [], update: [] };
  const section = new Map<Node, keyof Sections>();
  for (const node of computed.toReversed()) section.set(node, sectionOf(node));
  for (const node of computed) sections[section.get(node)!].push(node);
  const { update } = sections;
  return {
    ...sections,
    update: [...update.filter((node) => !late.has(node)), ...update.filter((node) => late.has(node))],
  };

  function sectionOf(node: Node): keyof Sections {
    if (late.has(node)) return "update";
    if (reported.has(node)) return judged.has(node) || !before.has(node) || isForMetrics(node) ? "loss" : "forward";
    return gradients.has(node) ? "backward" : "update";
  }

  /** Whether a node is a class or an answer, as a metric compares it with the target: no gradient flows through these. */
  function isForMetrics(node: Node): boolean {
    if (node.dtype === "float32") return false;
    const readers = users.get(node)!;
    return readers.length > 0 && readers.every((user) => section.get(user) === "loss");
  }
}
