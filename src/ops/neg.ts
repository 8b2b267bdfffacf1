import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    neg: Record<never, never>;
  }
}

export const negOp = defineUnary<"neg">({
  name: "neg",
  words: { noun: "negative", term: ([x]) => `-${x}` },
  traits: ["keepsFinite"],
  dtypes: ["float32", "int32"],
  tensorflow: "Neg",
  tfjs: "Neg",
  scalar: (x) => -x,
  gradient({ b, dy }) {
    // d(-x) = -dy
    return [b.op("neg", [dy])];
  },
});

export const negSamples: Samples<"neg"> = () => plainSamples([array(new Float32Array([-2, 0, 3, 0.5]), [2, 2])]);

/**
 * Every element with its sign changed, -x, element by element.
 *
 * @param x any shape; float32 or int32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is neither float32 nor int32
 * @example
 * const y = neg(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const neg: UnaryFunction<"neg", "float32" | "int32"> = /* @__PURE__ */ unaryFunction<"neg", "float32" | "int32">(
  negOp,
);
