import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    sqrt: Record<never, never>;
  }
}

export const sqrtOp = defineUnary<"sqrt">({
  name: "sqrt",
  words: { noun: "root", term: ([x]) => `√${x}` },
  traits: ["nonNegative", "keepsSign"],
  tensorflow: "Sqrt",
  tfjs: "Sqrt",
  scalar: (x) => Math.sqrt(x),
  gradient({ b, dy, node }) {
    // d√x = dy / 2√x, read from the output. At 0 the slope is infinite: where nothing flows back, nothing is to come of it.
    return [b.op("xdivy", [dy, b.op("multiply", [b.scalar(2), node])])];
  },
});

export const sqrtSamples: Samples<"sqrt"> = () => plainSamples([array(new Float32Array([0.25, 1, 2, 9]), [2, 2])]);

/**
 * The square root of every element: NaN below 0.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = sqrt(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const sqrt: UnaryFunction<"sqrt"> = /* @__PURE__ */ unaryFunction<"sqrt">(sqrtOp);
