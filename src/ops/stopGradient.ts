import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The identity, through which no gradient flows. Simplification removes it: by then differentiation is over. */
    stopGradient: Record<never, never>;
  }
}

export const stopGradientOp: ValueOpDefinition<"stopGradient"> = {
  name: "stopGradient",
  traits: ["keepsFinite"],
  infer: ([x]) => x!,
  // None, though the function is the identity: that is what it is for.
  gradient: () => [undefined],
  tensorflow: (_, [x]) => x!,
  tfjs: (k, [x]) => k.reshape(x!, x!.shape),
  reference: ([x]) => x!,
  flops: noFlops,
};

export const stopGradientSamples: Samples<"stopGradient"> = () => [
  { inputs: [ramp([2, 3])], attributes: {}, notSmooth: "its gradient is none by decree" },
];

/**
 * The same values, held constant when a gradient is taken.
 *
 * @param x any shape and dtype
 * @returns the same shape and dtype
 * @example
 * const target = stopGradient(add(x, 1));
 * const dx = gradients(sum(square(subtract(x, target))), x); // 2 · (x - target): nothing from target
 */
export function stopGradient<const S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  return tensorOf(makeNode(stopGradientOp, [nodeOf(x, "stopGradient")], {}));
}
