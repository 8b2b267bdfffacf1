import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    sin: Record<never, never>;
  }
}

export const sinOp = defineUnary<"sin">({
  name: "sin",
  words: { noun: "sine" },
  traits: ["keepsFinite"],
  tensorflow: "Sin",
  tfjs: "Sin",
  scalar: (x) => Math.sin(x),
  // d sin x = dy · cos x
  gradient: ({ b, dy, inputs: [x] }) => [b.op("multiply", [dy, b.op("cos", [x!])])],
});

export const sinSamples: Samples<"sin"> = () => plainSamples([array(new Float32Array([-1, 0, 2, 0.5]), [2, 2])]);

/**
 * The sine of every element.
 *
 * @param x any shape; float32, in radians
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = sin(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const sin: UnaryFunction<"sin"> = /* @__PURE__ */ unaryFunction<"sin">(sinOp);
