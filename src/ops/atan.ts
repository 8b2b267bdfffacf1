import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    atan: Record<never, never>;
  }
}

export const atanOp = defineUnary<"atan">({
  name: "atan",
  traits: ["keepsFinite", "keepsSign"],
  tensorflow: "Atan",
  tfjs: "Atan",
  scalar: (x) => Math.atan(x),
  gradient({ b, dy, inputs: [x] }) {
    // d atan x = dy / (1 + x²)
    return [b.op("divide", [dy, b.op("add", [b.scalar(1), b.op("square", [x!])])])];
  },
});

export const atanSamples: Samples<"atan"> = () => plainSamples([array(new Float32Array([-2, 0, 0.5, 10]), [2, 2])]);

/**
 * The angle in radians whose tangent an element is, for every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = atan(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const atan: UnaryFunction<"atan"> = /* @__PURE__ */ unaryFunction<"atan">(atanOp);
