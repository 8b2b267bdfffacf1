import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    softplus: Record<never, never>;
  }
}

export const softplusOp = defineUnary<"softplus">({
  name: "softplus",
  traits: ["nonNegative", "keepsFinite"],
  tensorflow: "Softplus",
  tfjs: "Softplus",
  scalar: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  gradient({ b, dy, inputs: [x] }) {
    // d ln(1 + eˣ) = dy · σ(x)
    return [b.op("multiply", [dy, b.op("sigmoid", [x!])])];
  },
});

export const softplusSamples: Samples<"softplus"> = () =>
  plainSamples([array(new Float32Array([-2, 0, 0.5, 20]), [2, 2])]);

/**
 * A smooth rectifier, ln(1 + eˣ), element by element (Dugas et al., "Incorporating second-order functional knowledge for better option
 * pricing", 2000).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = softplus(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const softplus: UnaryFunction<"softplus"> = /* @__PURE__ */ unaryFunction<"softplus">(softplusOp);
