import type { Node, OpName } from "../../src/ir/node.js";
import { hasResults, type OpDefinition } from "../../src/ir/op.js";
import { definitionOf } from "../../src/ops/registry.js";

/** From which input on a node does nothing with it but let its bodies read it; with no such inputs, how many there are. */
export function capturedFrom({ op, attributes, inputs }: Node): number {
  const definition = definitionOf(op) as OpDefinition<OpName>;
  return (hasResults(definition) ? definition.capturedFrom?.(attributes) : undefined) ?? inputs.length;
}
