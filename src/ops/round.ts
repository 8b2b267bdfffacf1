import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { noSlope } from "./shared/noSlope.js";
import { plainSamples } from "./shared/plainSamples.js";
import { roundHalfToEven } from "./shared/roundHalfToEven.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    round: Record<never, never>;
  }
}

export const roundOp = defineUnary<"round">({
  name: "round",
  words: { noun: "rounded" },
  traits: ["keepsFinite"],
  tensorflow: "Round",
  tfjs: "Round",
  scalar: (x) => roundHalfToEven(x),
  gradient: ({ b, dy }) => [noSlope(b, dy)],
});

export const roundSamples: Samples<"round"> = () =>
  plainSamples([array(new Float32Array([-1.25, 0.25, 2.75, 0.75]), [2, 2])]);

/**
 * The nearest integer to every element; of two that are equally near the even one, as in NumPy and TensorFlow.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = round(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const round: UnaryFunction<"round"> = /* @__PURE__ */ unaryFunction<"round">(roundOp);
