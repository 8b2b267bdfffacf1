import { array } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { noFlops } from "./shared/flops.js";
import type { Key } from "./shared/key.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Zeros, as it is in prediction; in training, the key that the step gives the node. */
    stepKey: object;
  }
}

const none = array(new Int32Array(2), [2]);

export const stepKeyOp: ValueOpDefinition<"stepKey"> = {
  name: "stepKey",
  words: { noun: "key" },
  traits: ["keepsFinite", "drawsInTraining"],
  infer: () => ({ shape: [2], dtype: "int32" }),
  training: ({ key }) => ({ results: [key()] }),
  gradient: () => [],
  tensorflow: (t) => t.constantArray(none),
  tfjs: (k) => k.tensor(none.data, [2], "int32"),
  reference: () => none,
  flops: noFlops,
};

export const stepKeySamples: Samples<"stepKey"> = () => [{ inputs: [], attributes: {} }];

/**
 * A key that is another one in each training step, and for each call: what is drawn with it is drawn anew. It follows from the seed of
 * training and the step's number, so a run that is repeated or resumed draws the same. In evaluation, in prediction and in what is no
 * model it is always the same one; a choice by `isTraining` leaves them without it.
 *
 * @returns int32 [2], for `randomUniform` and its like
 * @example
 * const x = input(["batch", 8]);
 * const jittered = () => multiply(x, add(randomUniform(stepKey(), ["batch", 1]), 0.5));
 * const y = cond(isTraining(), jittered, () => x); // Tensor<["batch", 8], "float32">
 */
export function stepKey(): Key {
  return tensorOf(makeNode(stepKeyOp, [], {}));
}
