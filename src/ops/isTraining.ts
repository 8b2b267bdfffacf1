import { generate } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import { noFlops } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** False, as it is in prediction; true in training. */
    isTraining: object;
  }
}

const no = generate([], "bool", () => 0);

export const isTrainingOp: ValueOpDefinition<"isTraining"> = {
  name: "isTraining",
  traits: ["keepsFinite"],
  infer: () => ({ shape: [], dtype: "bool" }),
  training: ({ b }) => ({ results: [b.scalar(1, "bool")] }),
  gradient: () => [],
  tensorflow: (t) => t.constantArray(no),
  tfjs: (k) => k.tensor(no.data, [], "bool"),
  reference: () => no,
  flops: noFlops,
};

export const isTrainingSamples: Samples<"isTraining"> = () => [{ inputs: [], attributes: {} }];

/**
 * Whether the step trains: what Keras’s layers are given as `training`. It is true in a training step, and false in evaluation, in
 * prediction and in what is no model. A choice by it is made at compile time: prediction has one of its ways alone, training the other.
 *
 * @returns a bool scalar
 * @example
 * const x = input(["batch", 8]);
 * const noisy = cond(isTraining(), () => add(x, multiply(x, 0.1)), () => x); // Tensor<["batch", 8], "float32">
 */
export function isTraining(): Tensor<[], "bool"> {
  return tensorOf(makeNode(isTrainingOp, [], {}));
}
