import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    elu: Record<never, never>;
  }
}

export const eluOp = defineUnary<"elu">({
  name: "elu",
  traits: ["keepsFinite"],
  tensorflow: "Elu",
  tfjs: "Elu",
  scalar: (x) => (x > 0 ? x : Math.expm1(x)),
  // d = dy where the output y is positive, else dy · eˣ = dy · (y + 1), read from the output
  gradient: ({ b, dy, node }) => [b.op("eluGradient", [dy, node])],
});

export const eluSamples: Samples<"elu"> = () => plainSamples([array(new Float32Array([-3, -0.5, 0.25, 2]), [2, 2])]);

/**
 * The exponential linear unit: x where it is positive, else eˣ - 1, element by element (Clevert et al., "Fast and accurate
 * deep network learning by exponential linear units", 2016).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = elu(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const elu: UnaryFunction<"elu"> = /* @__PURE__ */ unaryFunction<"elu">(eluOp);
