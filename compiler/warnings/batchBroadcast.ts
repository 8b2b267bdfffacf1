import { descendants } from "../../src/ir/graph.js";
import type { Node, Scope } from "../../src/ir/node.js";
import type { Dim } from "../../src/types/dim.js";
import { show } from "../../src/types/show.js";
import type { Check } from "./warning.js";

/**
 * [batch, 1] with [batch], which is [batch, batch]: in a loss or a metric, between a target and what is none. Whoever compares all
 * samples with all on purpose, compares outputs with outputs, or gives both the same rank.
 */
export const batchBroadcast: Check = ({ judged, sources: { evaluate } }) => {
  const targets = new Set(judged.map(({ target }) => target));
  const batch = judged[0]?.output.shape[0];
  if (batch === undefined) return [];
  const ofTargets = descendants(evaluate, (node) => targets.has(node));
  const told = new Set<Scope | undefined>();
  return evaluate.nodes.flatMap((node) => {
    if (node.part !== "loss" && node.part !== "metric") return [];
    const [a, b] = node.inputs;
    if (!a || !b || a.rank === b.rank || ofTargets.has(a) === ofTargets.has(b) || told.has(node.scope)) return [];
    if (times(batch, a) !== 1 || times(batch, b) !== 1 || times(batch, node) !== 2) return [];
    told.add(node.scope);
    const what = node.scope ? `the ${node.scope.kind === "metric" ? `metric ${node.scope.name}` : "loss"}` : "the loss";
    const reshaped = show([...(a.rank > b.rank ? a : b).shape]).replace(batch as string, `"${batch}"`);
    return `${what}: ${node.op} of ${show(a.shape)} and ${show(b.shape)} is ${show(node.shape)}, every sample with the target of every other: give both one shape, such as reshape(…, ${reshaped})`;
  });
};

function times(dim: Dim, { shape }: Node): number {
  return shape.filter((other) => other === dim).length;
}
