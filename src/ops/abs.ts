import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    abs: Record<never, never>;
  }
}

export const absOp = defineUnary<"abs">({
  name: "abs",
  traits: ["nonNegative", "keepsFinite"],
  dtypes: ["float32", "int32"],
  tensorflow: "Abs",
  tfjs: "Abs",
  scalar: (x) => Math.abs(x),
  gradient({ b, dy, inputs: [x] }) {
    // d|x| = dy · sign(x), 0 at 0
    return [b.op("multiply", [dy, b.op("sign", [x!])])];
  },
});

export const absSamples: Samples<"abs"> = () => plainSamples([array(new Float32Array([-2, 1, 3, -0.5]), [2, 2])]);

/**
 * The absolute value, element by element.
 *
 * @param x any shape; float32 or int32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is neither float32 nor int32
 * @example
 * const y = abs(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const abs: UnaryFunction<"abs", "float32" | "int32"> = /* @__PURE__ */ unaryFunction<"abs", "float32" | "int32">(
  absOp,
);
