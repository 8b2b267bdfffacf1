import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    cosh: Record<never, never>;
  }
}

export const coshOp = defineUnary<"cosh">({
  name: "cosh",
  traits: ["nonNegative"],
  tensorflow: "Cosh",
  tfjs: "Cosh",
  scalar: (x) => Math.cosh(x),
  gradient({ b, dy, inputs: [x] }) {
    // d cosh x = dy · sinh x
    return [b.op("multiply", [dy, b.op("sinh", [x!])])];
  },
});

export const coshSamples: Samples<"cosh"> = () => plainSamples([array(new Float32Array([-2, 0, 0.5, 1]), [2, 2])]);

/**
 * The hyperbolic cosine of every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = cosh(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const cosh: UnaryFunction<"cosh"> = /* @__PURE__ */ unaryFunction<"cosh">(coshOp);
