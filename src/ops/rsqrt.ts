import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    rsqrt: Record<never, never>;
  }
}

export const rsqrtOp = defineUnary<"rsqrt">({
  name: "rsqrt",
  traits: ["nonNegative"],
  tensorflow: "Rsqrt",
  tfjs: "Rsqrt",
  scalar: (x) => 1 / Math.sqrt(x),
  gradient({ b, dy, inputs: [x], node }) {
    // d x^-½ = -½ · dy / (x / y), read from the output y. At 0 the slope is infinite: where nothing flows back, nothing is to come of it.
    return [b.op("xdivy", [b.op("multiply", [b.scalar(-0.5), dy]), b.op("divide", [x!, node])])];
  },
});

export const rsqrtSamples: Samples<"rsqrt"> = () => plainSamples([array(new Float32Array([0.5, 1, 2, 10]), [2, 2])]);

/**
 * The reciprocal of the square root, 1 / √x, of every element: Infinity at 0, NaN below.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = rsqrt(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const rsqrt: UnaryFunction<"rsqrt"> = /* @__PURE__ */ unaryFunction<"rsqrt">(rsqrtOp);
