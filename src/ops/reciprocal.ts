import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    reciprocal: Record<never, never>;
  }
}

export const reciprocalOp = defineUnary<"reciprocal">({
  name: "reciprocal",
  words: { term: ([x]) => `1 / ${x}` },
  traits: ["keepsSign"],
  tensorflow: "Reciprocal",
  tfjs: "Reciprocal",
  scalar: (x) => 1 / x,
  gradient({ b, dy, inputs: [x] }) {
    // d x⁻¹ = -dy / x². At 0 the slope is infinite: where nothing flows back, nothing is to come of it.
    return [b.op("xdivy", [b.op("neg", [dy]), b.op("square", [x!])])];
  },
});

export const reciprocalSamples: Samples<"reciprocal"> = () =>
  plainSamples([array(new Float32Array([0.5, -1, 2, 10]), [2, 2])]);

/**
 * The reciprocal 1 / x of every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = reciprocal(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const reciprocal: UnaryFunction<"reciprocal"> = /* @__PURE__ */ unaryFunction<"reciprocal">(reciprocalOp);
