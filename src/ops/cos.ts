import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    cos: Record<never, never>;
  }
}

export const cosOp = defineUnary<"cos">({
  name: "cos",
  words: { noun: "cosine" },
  traits: ["keepsFinite"],
  tensorflow: "Cos",
  tfjs: "Cos",
  scalar: (x) => Math.cos(x),
  // d cos x = -dy · sin x
  gradient: ({ b, dy, inputs: [x] }) => [b.op("neg", [b.op("multiply", [dy, b.op("sin", [x!])])])],
});

export const cosSamples: Samples<"cos"> = () => plainSamples([array(new Float32Array([-1, 0, 2, 0.5]), [2, 2])]);

/**
 * The cosine of every element.
 *
 * @param x any shape; float32, in radians
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = cos(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const cos: UnaryFunction<"cos"> = /* @__PURE__ */ unaryFunction<"cos">(cosOp);
