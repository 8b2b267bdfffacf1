import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    tanh: Record<never, never>;
  }
}

export const tanhOp = defineUnary<"tanh">({
  name: "tanh",
  traits: ["keepsFinite"],
  tensorflow: "Tanh",
  tfjs: "Tanh",
  scalar: (x) => Math.tanh(x),
  // d tanh x = dy · (1 - tanh² x), read from the output
  gradient: ({ b, dy, node }) => [b.op("tanhGradient", [dy, node])],
});

export const tanhSamples: Samples<"tanh"> = () => plainSamples([array(new Float32Array([-2, -0.1, 0, 1]), [4])]);

/**
 * The hyperbolic tangent of every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = tanh(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const tanh: UnaryFunction<"tanh"> = /* @__PURE__ */ unaryFunction<"tanh">(tanhOp);
