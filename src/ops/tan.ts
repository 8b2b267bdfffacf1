import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    tan: Record<never, never>;
  }
}

export const tanOp = defineUnary<"tan">({
  name: "tan",
  tensorflow: "Tan",
  tfjs: "Tan",
  scalar: (x) => Math.tan(x),
  gradient({ b, dy, inputs: [x] }) {
    // d tan x = dy / cos² x
    return [b.op("divide", [dy, b.op("square", [b.op("cos", [x!])])])];
  },
});

export const tanSamples: Samples<"tan"> = () => plainSamples([array(new Float32Array([-1, 0, 0.5, 1.2]), [2, 2])]);

/**
 * The tangent of every element, an angle in radians.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = tan(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const tan: UnaryFunction<"tan"> = /* @__PURE__ */ unaryFunction<"tan">(tanOp);
