import { descendants } from "../../src/ir/graph.js";
import type { Node, Scope } from "../../src/ir/node.js";
import { hasTrait } from "../../src/ops/registry.js";
import type { Dim } from "../../src/types/dim.js";
import { show } from "../../src/types/show.js";
import type { Check } from "./warning.js";

/**
 * [batch, 1] with [batch], which is [batch, batch]: in the model, and in a loss or a metric between a target and what is none. Whoever
 * compares all samples with all on purpose gives both the same rank, or compares outputs with outputs.
 */
export const batchBroadcast: Check = ({ judged, sources: { evaluate } }) => {
  const targets = new Set(judged.map(({ target }) => target));
  const batch = judged[0]?.output.shape[0];
  if (batch === undefined) return [];
  const ofTargets = descendants(evaluate, (node) => targets.has(node));
  const told = new Set<Scope | undefined>();
  return evaluate.nodes.flatMap((node) => {
    const isModels = node.part === "forward";
    if (!isModels && node.part !== "loss" && node.part !== "metric") return [];
    if (!hasTrait(node, "broadcasts")) return [];
    const [a, b] = node.inputs;
    if (!a || !b || a.rank === b.rank) return [];
    if (times(batch, a) !== 1 || times(batch, b) !== 1 || times(batch, node) !== 2) return [];
    if (!isModels && (ofTargets.has(a) === ofTargets.has(b) || told.has(node.scope))) return [];
    if (!isModels) told.add(node.scope);
    const others = isModels ? "every sample with every other" : "every sample with the target of every other";
    const reshaped = show([...(a.rank > b.rank ? a : b).shape]).replace(batch as string, `"${batch}"`);
    return `${placeOf(node)}${node.op} of ${show(a.shape)} and ${show(b.shape)} is ${show(node.shape)}, ${others}: give both one shape, such as reshape(…, ${reshaped})`;
  });
};

/** Where a node is that a model's author does not see as a call of theirs. */
function placeOf({ part, scope }: Node): string {
  if (part === "forward") return "";
  return scope?.kind === "metric" ? `the metric ${scope.name}: ` : "the loss: ";
}

function times(dim: Dim, { shape }: Node): number {
  return shape.filter((other) => other === dim).length;
}
