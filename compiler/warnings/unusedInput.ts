import { nodeOf } from "../../src/ir/node.js";
import type { TensorLike } from "../../src/ir/tensor.js";
import type { Check } from "./warning.js";

/** An input that neither the output nor a loss or a metric is computed from. */
export const unusedInput: Check = ({ model, sources: { evaluate, predict } }) => {
  const used = new Set([...evaluate.nodes, ...predict.nodes]);
  return Object.entries<TensorLike>(model.inputs)
    .filter(([, tensor]) => !used.has(nodeOf(tensor)))
    .map(
      ([name]) => `the input "${name}" is never used: compute something from it, or leave it out of the model's inputs`,
    );
};
