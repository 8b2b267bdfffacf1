import { Body } from "../ir/body.js";
import { topologicalOrder } from "../ir/graph.js";
import { isOp, type Node } from "../ir/node.js";
import { builder as b } from "../ops/builder.js";
import { rebuild } from "../ops/rebuild.js";

/**
 * The body that computes results from parameters, and what it reads besides: nodes from outside, for each of which a parameter more
 * stands at the end. What depends on no parameter is computed outside, once.
 */
export function closeOver(parameters: readonly Node[], results: readonly Node[]): { body: Body; captured: Node[] } {
  const inside = new Set<Node>(parameters);
  for (const node of topologicalOrder(results)) if (node.inputs.some((input) => inside.has(input))) inside.add(node);
  const isOutside = (node: Node) => !inside.has(node) && !isOp(node, "constant");
  const read = [...inside].flatMap(({ inputs }) => inputs);
  const captured = [...new Set([...read, ...results].filter(isOutside))];
  const standIns = captured.map(({ shape, dtype }) => b.op("input", [], { shape, dtype }));
  const known = new Map<Node, Node>([
    ...parameters.map((parameter) => [parameter, parameter] as const),
    ...captured.map((node, i) => [node, standIns[i]!] as const),
  ]);
  return { body: new Body([...parameters, ...standIns], rebuild(results, known)), captured };
}
