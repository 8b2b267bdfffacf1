import { Body } from "../../src/ir/body.js";
import { resultsRead, topologicalOrder } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/** What a loop computes that nothing reads goes away: outputs, what is carried for them alone, and what only these are computed from. */
export const pruneLoops: Pass = {
  name: "pruneLoops",
  summary: "loops compute, carry and take in only what is read",
  needs: ["scan"],
  run(graph) {
    const read = resultsRead(graph);
    const pruned = new Map<Node, Pruned | undefined>();
    return rewrite(graph, (node, before) => {
      const scan = node.inputs[0];
      if (!isOp(node, "result") || !isOp(scan!, "scan")) return undefined;
      const original = before.inputs[0]!;
      if (!pruned.has(original)) {
        pruned.set(original, prune(scan, new Set(read.get(original)!.map(({ attributes }) => attributes.index))));
      }
      const found = pruned.get(original);
      return found && inPlaceOf(node, "result", [found.node], { index: found.places.indexOf(node.attributes.index) });
    });
  },
};

interface Pruned {
  readonly node: Node;
  /** The numbers that its results had before. */
  readonly places: readonly number[];
}

/** The loop without what is not read; none where all is. */
function prune(node: Node<"scan">, read: ReadonlySet<number>): Pruned | undefined {
  const { body, carries, sequences } = node.attributes;
  const { parameters, results } = body;
  const kept = resultsNeeded(body, carries, read);
  const reached = new Set(topologicalOrder(kept.map((place) => results[place]!)));
  const keptInputs = parameters.flatMap((parameter, i) => {
    const isKept = i < carries ? kept.includes(i) : reached.has(parameter);
    return isKept ? [i] : [];
  });
  if (kept.length === results.length && keptInputs.length === parameters.length) return undefined;
  const attributes = {
    ...node.attributes,
    body: new Body(
      keptInputs.map((i) => parameters[i]!),
      kept.map((place) => results[place]!),
    ),
    carries: kept.filter((place) => place < carries).length,
    sequences: keptInputs.filter((i) => i >= carries && i < carries + sequences).length,
  };
  const inputs = keptInputs.map((i) => node.inputs[i]!);
  return { node: inPlaceOf(node, "scan", inputs, attributes), places: kept };
}

/** The results that are read, and what is carried for them. */
function resultsNeeded({ parameters, results }: Body, carries: number, read: ReadonlySet<number>): number[] {
  const needed = new Set(read);
  for (let size = -1; size !== needed.size; ) {
    size = needed.size;
    const reached = new Set(topologicalOrder([...needed].map((place) => results[place]!)));
    for (let i = 0; i < carries; i++) if (reached.has(parameters[i]!)) needed.add(i);
  }
  return [...needed].sort((a, b) => a - b);
}
