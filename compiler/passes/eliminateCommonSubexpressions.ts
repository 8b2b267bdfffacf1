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
    return rewrite(graph, (node) => {
      const key = keyOf(node, ids);
      const first = key === undefined ? node : (seen.get(key) ?? node);
      if (key !== undefined) seen.set(key, first);
      if (!ids.has(first)) ids.set(first, ids.size);
      return first;
    });
  },
};

/** A text that two nodes share exactly when they compute the same; none for what is itself alone. */
function keyOf(node: Node, ids: ReadonlyMap<Node, number>): string | undefined {
  if (isOp(node, "input") || isOp(node, "variable")) return undefined;
  if (isOp(node, "constant")) {
    const { shape, dtype, data } = node.attributes.value;
    if (data.length > largestCompared) return undefined;
    // -0 and 0 are told apart: 1 / -0 is not 1 / 0.
    const elements = [...data].map((element) => (Object.is(element, -0) ? "-0" : String(element)));
    return `constant ${dtype} ${shape} ${elements}`;
  }
  const operands = node.inputs.map((input) => ids.get(input)!);
  if (hasTrait(node, "commutative")) operands.sort((a, b) => a - b);
  return `${node.op} ${operands} ${JSON.stringify(node.attributes)}`;
}
