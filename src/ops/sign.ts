import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { noSlope } from "./shared/noSlope.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    sign: Record<never, never>;
  }
}

export const signOp = defineUnary<"sign">({
  name: "sign",
  dtypes: ["float32", "int32"],
  traits: ["keepsFinite"],
  tensorflow: "Sign",
  tfjs: "Sign",
  // 0 of -0 too, as in TensorFlow.
  scalar: (x) => Math.sign(x) + 0,
  gradient: ({ b, dy }) => [noSlope(b, dy)],
});

export const signSamples: Samples<"sign"> = () =>
  plainSamples([array(new Float32Array([-2, 0.5, 3]), [3])], [array(new Int32Array([-2, 0, 3]), [3])]);

/**
 * The sign: -1, 0 or 1, as an element is below, at or above zero.
 *
 * @param x any shape; float32 or int32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is neither float32 nor int32
 * @example
 * const y = sign(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const sign: UnaryFunction<"sign", "float32" | "int32"> = /* @__PURE__ */ unaryFunction<
  "sign",
  "float32" | "int32"
>(signOp);
