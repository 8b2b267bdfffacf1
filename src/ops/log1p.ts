import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    log1p: Record<never, never>;
  }
}

export const log1pOp = defineUnary<"log1p">({
  name: "log1p",
  tensorflow: "Log1p",
  tfjs: "Log1p",
  scalar: (x) => Math.log1p(x),
  gradient({ b, dy, inputs: [x] }) {
    // d ln(1 + x) = dy / (1 + x)
    return [b.op("divide", [dy, b.op("add", [x!, b.scalar(1)])])];
  },
});

export const log1pSamples: Samples<"log1p"> = () => plainSamples([array(new Float32Array([-0.5, 0, 2, 1e-4]), [2, 2])]);

/**
 * The logarithm ln(1 + x) for every element: exact near 0; -Infinity at -1, NaN below.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = log1p(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const log1p: UnaryFunction<"log1p"> = /* @__PURE__ */ unaryFunction<"log1p">(log1pOp);
