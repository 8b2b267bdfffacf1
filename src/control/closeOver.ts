import { Body, withinBodies } from "../ir/body.js";
import { topologicalOrder } from "../ir/graph.js";
import { isOp, type Node, type Signature } from "../ir/node.js";
import { builder as b } from "../ops/builder.js";
import { rebuild } from "../ops/rebuild.js";
import { hasTrait } from "../ops/registry.js";
import { standIn } from "../ops/shared/bodies.js";

/** What a body is made of: what it computes, from what it is given. */
export interface Open {
  readonly parameters: readonly Node[];
  readonly results: readonly Node[];
  /** Whether a node is computed by the body, though it depends on no parameter: else that is done outside, once. */
  readonly isOwn?: (node: Node) => boolean;
}

/**
 * The body that computes results from parameters, and what it reads besides: nodes from outside, for each of which a parameter more
 * stands at the end. What depends on no parameter is computed outside, once, but for what is drawn in training: each round draws anew.
 */
export function closeOver(parameters: readonly Node[], results: readonly Node[]): { body: Body; captured: Node[] } {
  const { bodies, captured } = closeAllOver([{ parameters, results }]);
  return { body: bodies[0]!, captured };
}

/** The same of several bodies, which all are given what any of them reads. */
export function closeAllOver(all: readonly Open[]): { bodies: Body[]; captured: Node[] } {
  const captured = [...new Set(all.flatMap(readBy))];
  const bodies = all.map(({ parameters, results }) => {
    const standIns = standInsFor(captured);
    const known = new Map<Node, Node>([
      ...parameters.map((parameter) => [parameter, parameter] as const),
      ...captured.map((node, i) => [node, standIns[i]!] as const),
    ]);
    return new Body([...parameters, ...standIns], rebuild(results, known));
  });
  return { bodies, captured };
}

/** Stand-ins for tensors: the parameters of a body. */
export function standInsFor(tensors: readonly Signature[]): Node[] {
  return tensors.map((tensor) => standIn(b, tensor));
}

/** What a body reads from outside. */
function readBy({ parameters, results, isOwn = () => false }: Open): Node[] {
  const inside = new Set<Node>(parameters);
  // Parameters are made before what is computed from them.
  const begun = Math.min(...parameters.map(({ serial }) => serial));
  const isDrawn = (node: Node) =>
    node.serial > begun && withinBodies([node]).some((one) => hasTrait(one, "drawsInTraining"));
  for (const node of topologicalOrder(results)) {
    if (node.inputs.some((input) => inside.has(input)) || isOwn(node) || isDrawn(node)) inside.add(node);
  }
  // A choice by whether the step trains is made at compile time, where the body itself asks that.
  const isOutside = (node: Node) => !inside.has(node) && !isOp(node, "constant") && !isOp(node, "isTraining");
  const read = [...inside].flatMap(({ inputs }) => inputs);
  return [...read, ...results].filter(isOutside);
}
