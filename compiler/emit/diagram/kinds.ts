import type { Graph } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";
import type { Part } from "../../../src/ir/place.js";

/** What a node is drawn as. Each in its own colour. */
export const kinds = ["input", "variable", "constant", "forward", "backward", "update", "output"] as const;
export type Kind = (typeof kinds)[number];

const kindOfPart: Readonly<Record<Part, Kind>> = {
  forward: "forward",
  loss: "forward",
  metric: "forward",
  backward: "backward",
  state: "update",
  update: "update",
};

/** What each node of a graph is drawn as. */
export function kindsOf(graph: Graph): Map<Node, Kind> {
  return new Map(graph.nodes.map((node) => [node, kindOf(node)]));
}

function kindOf({ op, part }: Node): Kind {
  if (op === "input" || op === "variable" || op === "constant") return op;
  return kindOfPart[part];
}
