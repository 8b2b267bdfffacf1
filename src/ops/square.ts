import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    square: Record<never, never>;
  }
}

export const squareOp = defineUnary<"square">({
  name: "square",
  words: { noun: "squared", term: ([x]) => `${x}²` },
  traits: ["nonNegative", "keepsFinite"],
  dtypes: ["float32", "int32"],
  tensorflow: "Square",
  tfjs: "Square",
  scalar: (x) => x * x,
  integer: (x) => Math.imul(x, x),
  gradient({ b, dy, inputs: [x] }) {
    // d x² = dy · 2x
    return [b.op("multiply", [dy, b.op("multiply", [b.scalar(2), x!])])];
  },
});

export const squareSamples: Samples<"square"> = () => plainSamples([array(new Float32Array([-2, 0, 3, 0.5]), [2, 2])]);

/**
 * Every element times itself.
 *
 * @param x any shape; float32 or int32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is neither float32 nor int32
 * @example
 * const y = square(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const square: UnaryFunction<"square", "float32" | "int32"> = /* @__PURE__ */ unaryFunction<
  "square",
  "float32" | "int32"
>(squareOp);
