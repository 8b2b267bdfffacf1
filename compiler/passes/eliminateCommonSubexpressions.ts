import { attributesKey, exactText, numbering } from "../../src/ir/attributes.js";
import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { isLater, type Place } from "../../src/ir/place.js";
import { hasTrait } from "../../src/ops/registry.js";
import type { Pass } from "./pass.js";
import { rewrite, withPlace } from "./rewrite.js";

/** Constants with more elements than this are compared by identity alone. */
const largestCompared = 1024;

/** Computes equal things once: forward and backward pass share what they have in common. */
export const eliminateCommonSubexpressions: Pass = {
  name: "eliminateCommonSubexpressions",
  summary: "equal nodes become one, in the earliest of their parts",
  run(graph) {
    const { idOf, places } = classesOf(graph);
    const made: Node[] = [];
    return rewrite(graph, (node, before) => {
      const id = idOf.get(before)!;
      const known = made[id];
      if (known) return known;
      const place = places[id]!;
      const first = isLater(before.part, place.part) ? withPlace(node, place) : node;
      made[id] = first;
      return first;
    });
  },
};

/** Which nodes compute the same, by a number for each class of them, and the earliest place that one of a class has. */
function classesOf({ nodes }: Graph): { readonly idOf: ReadonlyMap<Node, number>; readonly places: readonly Place[] } {
  const idOf = new Map<Node, number>();
  const seen = new Map<string, number>();
  const places: Place[] = [];
  const reference = references();
  for (const node of nodes) {
    const key = keyOf(node, idOf, reference);
    const id = (key === undefined ? undefined : seen.get(key)) ?? places.length;
    if (key !== undefined) seen.set(key, id);
    idOf.set(node, id);
    if (places[id] === undefined || isLater(places[id].part, node.part)) places[id] = node;
  }
  return { idOf, places };
}

/** A text that two nodes share exactly when they compute the same; none for what is itself alone. */
function keyOf(node: Node, ids: ReadonlyMap<Node, number>, reference: (value: object) => string): string | undefined {
  if (isOp(node, "input") || isOp(node, "variable")) return undefined;
  const operands = node.inputs.map((input) => ids.get(input)!);
  if (hasTrait(node, "commutative")) operands.sort((a, b) => a - b);
  return `${node.op} ${operands.join()} ${attributesKey(node.attributes, reference)}`;
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
