import { descendants } from "../../src/ir/graph.js";
import type { Check } from "./warning.js";

/** A target that no loss is computed from, as where a loss of one's own has its two arguments the other way round. */
export const unusedTarget: Check = ({ judged, sources: { evaluate } }) =>
  judged.flatMap(({ target }) => {
    const readers = descendants(evaluate, (node) => node === target);
    if ([...readers].some((node) => node !== target && node.part === "loss")) return [];
    const what = judged.length === 1 ? "the target" : evaluate.names.get(target);
    return (
      `the loss never reads ${what}: a loss is a function of (target, output), in this order; ` +
      "where a model has no target, compileLoss() trains by what it gives itself"
    );
  });
