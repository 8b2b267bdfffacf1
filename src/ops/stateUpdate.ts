import { makeNode } from "../ir/makeNode.js";
import { isOp, nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * A variable that layers change, such as a vector that is iterated: what it is in prediction, and in training its next value, which
     * it then has. Inputs: the variable, its next value. No gradient flows through it. Simplification removes it: by then it is known
     * which of both it is.
     */
    stateUpdate: Record<never, never>;
  }
}

export const stateUpdateOp: ValueOpDefinition<"stateUpdate"> = {
  name: "stateUpdate",
  traits: ["keepsFinite"],
  infer: ([state]) => state!,
  training({ node: { inputs: before }, inputs: [, next] }) {
    const [state] = before;
    return isOp(state!, "variable") ? { results: [next!], nextValues: () => [[state, next!] as const] } : undefined;
  },
  gradient: () => [undefined, undefined],
  tensorflow: (_, [state]) => state!,
  tfjs: (k, [state]) => k.reshape(state!, state!.shape),
  reference: ([state]) => state!,
  flops: noFlops,
};

export const stateUpdateSamples: Samples<"stateUpdate"> = () => [
  { inputs: [ramp([2, 3]), ramp([2, 3], 1)], attributes: {}, notSmooth: "its gradient is none by decree" },
];

/** A variable that becomes its next value in training, which is taken there. */
export function stateUpdate<S extends Shape>(state: Tensor<S>, next: Tensor<S>): Tensor<S> {
  return tensorOf(makeNode(stateUpdateOp, [nodeOf(state, "stateUpdate"), nodeOf(next, "stateUpdate")], {}));
}
