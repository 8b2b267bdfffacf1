import { attributesKey, exactText, numbering } from "../../src/ir/attributes.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { hasTrait } from "../../src/ops/registry.js";
import type { Pass } from "./pass.js";
import { rewrite } from "./rewrite.js";

/** Constants with more elements than this are compared by identity alone. */
const largestCompared = 1024;

/** Computes equal things once: forward and backward pass share what they have in common. */
export const eliminateCommonSubexpressions: Pass = {
  name: "eliminateCommonSubexpressions",
  summary: "equal nodes become one",
  run(graph) {
    const ids = new Map<Node, number>();
    const seen = new Map<string, Node>();
    const reference = references();
    return rewrite(graph, (node) => {
      const key = keyOf(node, ids, reference);
      const first = key === undefined ? node : (seen.get(key) ?? node);
      if (key !== undefined) seen.set(key, first);
      if (!ids.has(first)) ids.set(first, ids.size);
      return first;
    });
  },
};

/** A text that two nodes share exactly when they compute the same; none for what is itself alone. */
function keyOf(node: Node, ids: ReadonlyMap<Node, number>, reference: (value: object) => string): string | undefined {
  if (isOp(node, "input") || isOp(node, "variable")) return undefined;
  const operands = node.inputs.map((input) => ids.get(input)!);
  if (hasTrait(node, "commutative")) operands.sort((a, b) => a - b);
  return `${node.op} ${operands} ${attributesKey(node.attributes, reference)}`;
}

/** The elements of a small array; anything else is itself alone. */
function references(): (value: object) => string {
  const number = numbering();
  return (value) => {
    const elements = ArrayBuffer.isView(value) ? (value as unknown as ArrayLike<number>) : undefined;
    // -0 and 0 are told apart: 1 / -0 is not 1 / 0.
    return elements && elements.length <= largestCompared ? exactText(Array.from(elements), number) : number(value);
  };
}
