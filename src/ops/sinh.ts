import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    sinh: Record<never, never>;
  }
}

export const sinhOp = defineUnary<"sinh">({
  name: "sinh",
  traits: ["keepsSign"],
  tensorflow: "Sinh",
  tfjs: "Sinh",
  scalar: (x) => Math.sinh(x),
  gradient({ b, dy, inputs: [x] }) {
    // d sinh x = dy · cosh x
    return [b.op("multiply", [dy, b.op("cosh", [x!])])];
  },
});

export const sinhSamples: Samples<"sinh"> = () => plainSamples([array(new Float32Array([-2, 0, 0.5, 1]), [2, 2])]);

/**
 * The hyperbolic sine of every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = sinh(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const sinh: UnaryFunction<"sinh"> = /* @__PURE__ */ unaryFunction<"sinh">(sinhOp);
