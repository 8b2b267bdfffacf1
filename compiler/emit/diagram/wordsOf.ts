import { type Graph, usersOf } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { show } from "../../../src/types/show.js";
import { updatesInPlace } from "../../analysis/in-place.js";
import { formulaOfOne } from "../typescript/composedFormulas.js";
import { Identifiers } from "../typescript/identifiers.js";
import { nameStep } from "../typescript/naming.js";
import { plainNumbers } from "../typescript/scalars.js";
import { sectionsOf } from "../typescript/sections.js";
import { Spelling } from "../typescript/spelling.js";

/** What a node is called in generated code, and what it computes. */
export interface NodeWords {
  readonly written?: string;
  readonly formula?: string;
}

/** The words of a graph's nodes: those that generated code has. */
export function wordsOf(graph: Graph): (node: Node) => NodeWords {
  const inPlace = updatesInPlace(graph);
  const identifiers = new Identifiers([]);
  const inputs = new Map<Node, string>();
  for (const node of graph.nodes) {
    if (isOp(node, "input")) inputs.set(node, identifiers.unique(graph.names.get(node) ?? "input"));
  }
  const names = nameStep(graph, sectionsOf(graph, inPlace), identifiers, inputs, inPlace, usersOf(graph));
  const size = (dim: number | string) => (typeof dim === "number" ? String(dim) : show([dim]).slice(1, -1));
  const { words } = new Spelling(graph, names, inPlace, plainNumbers(graph), "state", size);
  return (node) => {
    if (isOp(node, "input") || isOp(node, "variable") || isOp(node, "result")) return {};
    const written = inPlace.nodes.has(node) ? undefined : names.identifier.get(node);
    const formula = formulaOfOne(node, (one) => words(one) ?? one.op);
    return { ...(written !== undefined && { written }), ...(formula !== undefined && { formula }) };
  };
}
