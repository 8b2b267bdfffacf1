import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    sigmoid: Record<never, never>;
  }
}

export const sigmoidOp = defineUnary<"sigmoid">({
  name: "sigmoid",
  traits: ["nonNegative", "keepsFinite"],
  tensorflow: "Sigmoid",
  tfjs: "Sigmoid",
  scalar: (x) => 1 / (1 + Math.exp(-x)),
  // dσ = dy · σ(1 - σ), read from the output
  gradient: ({ b, dy, node }) => [b.op("sigmoidGradient", [dy, node])],
});

export const sigmoidSamples: Samples<"sigmoid"> = () => plainSamples([array(new Float32Array([-8, -1, 0, 3]), [2, 2])]);

/**
 * The logistic function 1 / (1 + e⁻ˣ), element by element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = sigmoid(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const sigmoid: UnaryFunction<"sigmoid"> = /* @__PURE__ */ unaryFunction<"sigmoid">(sigmoidOp);
