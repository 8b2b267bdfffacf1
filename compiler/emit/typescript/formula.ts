import type { Node } from "../../../src/ir/node.js";
import { definitionOf } from "../../../src/ops/registry.js";

/** What a node computes, as a mathematician writes it, where the call by itself does not say it. */
export function formulaOf(node: Node, name: (node: Node) => string): string | undefined {
  return definitionOf(node.op).words?.formula?.(node.inputs.map(name), node.attributes);
}
