import type { NdArray } from "../../src/ir/array.js";
import type { Body } from "../../src/ir/body.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { isOp, type Node, type Scope } from "../../src/ir/node.js";
import type { Call } from "../../src/ir/place.js";
import type { SavedNode, SavedNodes } from "./saved-program.js";
import { recordToJson, type ValueWriter } from "./saved-values.js";

/** What nodes are written among. */
export interface Surroundings {
  /** The number of a scope. */
  scope(scope: Scope): number;
  /** The number of a call. */
  call(call: Call): number;
  large(array: NdArray): string;
  /** The number that all elements of a variable start with, where its value may have to be made anew. */
  start(variable: Node<"variable">): number | undefined;
}

/**
 * Nodes as JSON, with their numbers. What differentiation alone asks for is left out: rules of gradients, and what becomes of variables
 * beside their gradients.
 */
export function writeNodes(
  roots: readonly Node[],
  around: Surroundings,
): { readonly nodes: readonly SavedNode[]; idOf(node: Node): number } {
  const ids = new Map<Node, number>();
  const nodes: SavedNode[] = [];
  const writer: ValueWriter = { large: around.large, body: (body) => writeBody(body, around) };
  for (const node of topologicalOrder(roots)) {
    // The identity on its first input.
    if (isOp(node, "customGradient")) {
      ids.set(node, ids.get(node.inputs[0]!)!);
      continue;
    }
    const inputs = node.inputs.map((input) => ids.get(input)!);
    const attributes = recordToJson(isOp(node, "variable") ? kept(node, around) : node.attributes, writer);
    ids.set(node, nodes.length);
    const scope = node.scope ? around.scope(node.scope) : -1;
    const call = node.call ? around.call(node.call) : -1;
    nodes.push([node.op, inputs, attributes, node.part, scope, call]);
  }
  return { nodes, idOf: (node) => ids.get(node)! };
}

function writeBody({ parameters, results }: Body, around: Surroundings): SavedNodes {
  const { nodes, idOf } = writeNodes([...parameters, ...results], around);
  return { nodes, parameters: parameters.map(idOf), results: results.map(idOf) };
}

/** What is told of a variable: how it started by its name alone, since its value is kept. */
function kept(variable: Node<"variable">, around: Surroundings): object {
  const { name, shape, dtype, trainable, initializer } = variable.attributes;
  return { name, shape, dtype, trainable, initializer: initializer.name, start: around.start(variable) };
}
