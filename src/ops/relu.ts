import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    relu: Record<never, never>;
  }
}

export const reluOp = defineUnary<"relu">({
  name: "relu",
  words: { noun: "rectified" },
  traits: ["nonNegative", "keepsFinite"],
  tensorflow: "Relu",
  tfjs: "Relu",
  scalar: (x) => Math.max(0, x),
  gradient({ b, dy, node }) {
    // d max(0, x) = dy where the output is positive. Read from the output: read from the input, it would give the
    // pre-activation a second consumer and keep affine+relu from fusing in a training graph.
    const zero = b.scalar(0);
    return [b.op("select", [b.op("greater", [node, zero]), dy, zero])];
  },
});

export const reluSamples: Samples<"relu"> = () => plainSamples([array(new Float32Array([-2, 1, 3, -0.5]), [2, 2])]);

/**
 * The rectifier max(0, x), element by element (Nair and Hinton, 2010).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = relu(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const relu: UnaryFunction<"relu"> = /* @__PURE__ */ unaryFunction<"relu">(reluOp);
