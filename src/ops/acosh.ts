import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    acosh: Record<never, never>;
  }
}

export const acoshOp = defineUnary<"acosh">({
  name: "acosh",
  tensorflow: "Acosh",
  tfjs: "Acosh",
  scalar: (x) => Math.acosh(x),
  gradient({ b, dy, node }) {
    // d acosh x = dy / sinh y, read from the output y
    return [b.op("divide", [dy, b.op("sinh", [node])])];
  },
});

export const acoshSamples: Samples<"acosh"> = () => plainSamples([array(new Float32Array([1.5, 2, 3, 10]), [2, 2])]);

/**
 * The inverse hyperbolic cosine of every element: NaN below 1.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = acosh(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const acosh: UnaryFunction<"acosh"> = /* @__PURE__ */ unaryFunction<"acosh">(acoshOp);
