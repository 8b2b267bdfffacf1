import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    acos: Record<never, never>;
  }
}

export const acosOp = defineUnary<"acos">({
  name: "acos",
  tensorflow: "Acos",
  tfjs: "Acos",
  scalar: (x) => Math.acos(x),
  gradient({ b, dy, inputs: [x] }) {
    // d acos x = -dy / √(1 - x²)
    return [b.op("neg", [b.op("divide", [dy, b.op("sqrt", [b.op("subtract", [b.scalar(1), b.op("square", [x!])])])])])];
  },
});

export const acosSamples: Samples<"acos"> = () => plainSamples([array(new Float32Array([-0.9, 0, 0.5, 0.2]), [2, 2])]);

/**
 * The angle in radians whose cosine an element is, for every element: NaN outside of [-1, 1].
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = acos(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const acos: UnaryFunction<"acos"> = /* @__PURE__ */ unaryFunction<"acos">(acosOp);
