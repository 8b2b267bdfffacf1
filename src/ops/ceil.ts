import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { noSlope } from "./shared/noSlope.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    ceil: Record<never, never>;
  }
}

export const ceilOp = defineUnary<"ceil">({
  name: "ceil",
  words: { noun: "ceiling" },
  traits: ["keepsFinite"],
  tensorflow: "Ceil",
  tfjs: "Ceil",
  scalar: (x) => Math.ceil(x),
  gradient: ({ b, dy }) => [noSlope(b, dy)],
});

export const ceilSamples: Samples<"ceil"> = () =>
  plainSamples([array(new Float32Array([-1.5, 0.25, 2.5, 0.5]), [2, 2])]);

/**
 * The smallest integer that is not below an element, for every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = ceil(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const ceil: UnaryFunction<"ceil"> = /* @__PURE__ */ unaryFunction<"ceil">(ceilOp);
