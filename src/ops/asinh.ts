import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    asinh: Record<never, never>;
  }
}

export const asinhOp = defineUnary<"asinh">({
  name: "asinh",
  traits: ["keepsFinite"],
  tensorflow: "Asinh",
  tfjs: "Asinh",
  scalar: (x) => Math.asinh(x),
  gradient({ b, dy, node }) {
    // d asinh x = dy / cosh y, read from the output y
    return [b.op("divide", [dy, b.op("cosh", [node])])];
  },
});

export const asinhSamples: Samples<"asinh"> = () => plainSamples([array(new Float32Array([-2, 0, 0.5, 10]), [2, 2])]);

/**
 * The inverse hyperbolic sine of every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = asinh(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const asinh: UnaryFunction<"asinh"> = /* @__PURE__ */ unaryFunction<"asinh">(asinhOp);
