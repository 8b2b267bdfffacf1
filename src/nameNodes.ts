import { withinBodies } from "./ir/body.js";
import { checkName } from "./ir/checkName.js";
import { ShapewrightError } from "./ir/errors.js";
import { topologicalOrder } from "./ir/graph.js";
import { makeNode } from "./ir/makeNode.js";
import { isOp, isTensor, type Node, nodeOf, type Scope, tensorOf } from "./ir/node.js";
import { refuse } from "./ir/refuse.js";
import type { TensorLike } from "./ir/tensor.js";
import { inputOp } from "./ops/input.js";
import { isStandIn } from "./ops/shared/bodies.js";
import { isOptimizerState, optimizerState } from "./optimizerState.js";
import { show } from "./types/show.js";

/** What the nodes of a computation are called. */
export interface NamedNodes {
  readonly names: Map<Node | Scope, string>;
  readonly variables: Map<string, Node<"variable">>;
}

/**
 * The inputs, each a node of its own, before anything is computed from them: one that is given under several names is fed under each, and the
 * first has it itself. Refuses what is no input.
 */
export function ownInputs<I extends Readonly<Record<string, TensorLike>>>(op: string, inputs: I): I {
  const taken = new Set<Node>();
  const own = Object.entries(inputs).map(([name, tensor]): [string, TensorLike] => {
    refuse("SW_NAME", op, checkName(op, name, "the input "));
    const node = isTensor(tensor) ? nodeOf(tensor) : undefined;
    if (!node || !isOp(node, "input")) {
      throw new ShapewrightError("SW_NAME", `${op}: "${name}" is not an input; make it with input([...])`, op);
    }
    if (taken.has(node)) return [name, tensorOf(makeNode(inputOp, [], node.attributes))];
    taken.add(node);
    return [name, tensor];
  });
  return taken.size === own.length ? inputs : (Object.fromEntries(own) as I);
}

/** Names the inputs, layers and variables of what computes some outputs, for `model` and its like. */
export function nameNodes(
  op: string,
  inputs: Readonly<Record<string, TensorLike>>,
  outputs: readonly Node[],
): NamedNodes {
  const nodes = topologicalOrder(outputs);
  const names = new Map<Node | Scope, string>();
  for (const [name, tensor] of Object.entries(inputs)) names.set(nodeOf(tensor), name);
  nameScopes(op, nodes, names);
  const variables = nameVariables(op, nodes, names);
  const unlisted = nodes.find((node) => isOp(node, "input") && !names.has(node));
  if (unlisted) {
    if (isStandIn(unlisted)) {
      const message =
        `${op}: the output depends on ${unlisted.dtype} ${show(unlisted.shape)} of a loop's body, which is known in its rounds alone; ` +
        "return it from the body: carried on, or as an output";
      throw new ShapewrightError("SW_NAME", message, op);
    }
    const known =
      Object.keys(inputs)
        .map((name) => `"${name}"`)
        .join(", ") || "none";
    const message = `${op}: the output depends on an input ${show(unlisted.shape)} that is not among the inputs: ${known}`;
    throw new ShapewrightError("SW_NAME", message, op);
  }
  return { names, variables };
}

/**
 * Layer calls are named in the order of the computation: dense, dense_1, dense_2. A name given by the user is kept, and no
 * other call has it.
 */
function nameScopes(op: string, nodes: readonly Node[], names: Map<Node | Scope, string>): void {
  const scopes = new Set(withinBodies(nodes).flatMap(({ scope }) => scope ?? []));
  const given = new Set<string>();
  for (const { name } of scopes) {
    if (name === undefined) continue;
    if (given.has(name)) {
      throw new ShapewrightError("SW_NAME", `${op}: two layers are named "${name}"; give each its own name`, op);
    }
    given.add(name);
  }
  const counts = new Map<string, number>();
  for (const scope of scopes) names.set(scope, scope.name ?? nextName(scope.kind, counts, given));
}

function nextName(kind: string, counts: Map<string, number>, given: ReadonlySet<string>): string {
  const count = counts.get(kind) ?? 0;
  counts.set(kind, count + 1);
  const name = count === 0 ? kind : `${kind}_${count}`;
  return given.has(name) ? nextName(kind, counts, given) : name;
}

function nameVariables(op: string, nodes: readonly Node[], names: Map<Node | Scope, string>) {
  const variables = new Map<string, Node<"variable">>();
  for (const node of nodes) {
    if (!isOp(node, "variable")) continue;
    const own = node.attributes.name;
    const name = node.scope ? `${names.get(node.scope)}/${own}` : own;
    if (isOptimizerState(name)) {
      const message = `${op}: the variable "${name}" is named like an optimizer's state; names that begin with "${optimizerState}" are its own`;
      throw new ShapewrightError("SW_NAME", message, op);
    }
    if (variables.has(name)) {
      throw new ShapewrightError("SW_NAME", `${op}: two variables are named "${name}"; give each its own name`, op);
    }
    variables.set(name, node);
    names.set(node, name);
  }
  return variables;
}
