import { type Graph, resultsRead } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import type { Part } from "../../../src/ir/place.js";
import type { InPlaceUpdates } from "../../analysis/in-place.js";

/** The nodes of a step in the order of a reader: each list may use what stands before it. */
export interface Sections {
  /** From the inputs to the model's output. */
  readonly forward: readonly Node[];
  /** The loss and the metrics. */
  readonly loss: readonly Node[];
  /** The next values of what layers change, such as moving statistics. */
  readonly state: readonly Node[];
  readonly backward: readonly Node[];
  /** The next values of variables, and what is computed for them alone. What is done in place stands last, with what follows from it. */
  readonly update: readonly Node[];
}

const sectionOfPart: Readonly<Record<Part, keyof Sections>> = {
  forward: "forward",
  loss: "loss",
  metric: "loss",
  state: "state",
  backward: "backward",
  update: "update",
};

/** Sorts a graph's nodes into sections. Inputs and variables are in none. */
export function sectionsOf(graph: Graph, { late }: InPlaceUpdates): Sections {
  const sections: Record<keyof Sections, Node[]> = { forward: [], loss: [], state: [], backward: [], update: [] };
  const last: Node[] = [];
  const results = resultsRead(graph);
  for (const node of graph.nodes) {
    if (late.has(node)) last.push(node);
    else if (!isUnwritten(node)) sections[sectionOfPart[node.part]].push(node, ...(results.get(node) ?? []));
  }
  return { ...sections, backward: whereRead(sections.backward), update: [...sections.update, ...last] };
}

/** Whether a node is no statement, or stands behind another one: the results of an op do. */
function isUnwritten(node: Node): boolean {
  return isOp(node, "input") || isOp(node, "variable") || isOp(node, "result");
}

/** The same nodes, those that read none of them right before the first that reads them, where a reader looks for them. */
function whereRead(nodes: readonly Node[]): Node[] {
  const within = new Set(nodes);
  const waiting = new Set<Node>();
  const order: Node[] = [];
  const place = (node: Node) => {
    for (const input of node.inputs) if (waiting.delete(input)) order.push(input);
    order.push(node);
  };
  for (const node of nodes) {
    if (node.inputs.every((input) => !within.has(input))) waiting.add(node);
    else place(node);
  }
  return [...order, ...waiting];
}
