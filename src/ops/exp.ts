import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    exp: Record<never, never>;
  }
}

export const expOp = defineUnary<"exp">({
  name: "exp",
  words: { noun: "exponential" },
  traits: ["nonNegative"],
  tensorflow: "Exp",
  tfjs: "Exp",
  scalar: (x) => Math.exp(x),
  gradient({ b, dy, node }) {
    // d eˣ = dy · eˣ, read from the output
    return [b.op("multiply", [dy, node])];
  },
});

export const expSamples: Samples<"exp"> = () => plainSamples([array(new Float32Array([-1, 0, 2, 0.5]), [2, 2])]);

/**
 * The exponential eˣ of every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = exp(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const exp: UnaryFunction<"exp"> = /* @__PURE__ */ unaryFunction<"exp">(expOp);
