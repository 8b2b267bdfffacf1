import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    atanh: Record<never, never>;
  }
}

export const atanhOp = defineUnary<"atanh">({
  name: "atanh",
  tensorflow: "Atanh",
  tfjs: "Atanh",
  scalar: (x) => Math.atanh(x),
  gradient({ b, dy, inputs: [x] }) {
    // d atanh x = dy / (1 - x²)
    return [b.op("divide", [dy, b.op("subtract", [b.scalar(1), b.op("square", [x!])])])];
  },
});

export const atanhSamples: Samples<"atanh"> = () =>
  plainSamples([array(new Float32Array([-0.9, 0, 0.5, 0.2]), [2, 2])]);

/**
 * The inverse hyperbolic tangent of every element: infinite at -1 and 1, NaN outside.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = atanh(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const atanh: UnaryFunction<"atanh"> = /* @__PURE__ */ unaryFunction<"atanh">(atanhOp);
