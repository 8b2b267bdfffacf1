import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    expm1: Record<never, never>;
  }
}

export const expm1Op = defineUnary<"expm1">({
  name: "expm1",
  tensorflow: "Expm1",
  tfjs: "Expm1",
  scalar: (x) => Math.expm1(x),
  gradient({ b, dy, inputs: [x] }) {
    // d (eˣ - 1) = dy · eˣ
    return [b.op("multiply", [dy, b.op("exp", [x!])])];
  },
});

export const expm1Samples: Samples<"expm1"> = () => plainSamples([array(new Float32Array([-1, 0, 2, 1e-4]), [2, 2])]);

/**
 * The exponential less one, eˣ - 1, for every element: exact near 0, where exp(x) - 1 would lose its digits.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = expm1(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const expm1: UnaryFunction<"expm1"> = /* @__PURE__ */ unaryFunction<"expm1">(expm1Op);
