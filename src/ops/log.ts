import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    log: Record<never, never>;
  }
}

export const logOp = defineUnary<"log">({
  name: "log",
  words: { noun: "logarithm", term: ([x]) => `ln ${x}` },
  tensorflow: "Log",
  tfjs: "Log",
  scalar: (x) => Math.log(x),
  gradient({ b, dy, inputs: [x] }) {
    // d ln x = dy / x
    return [b.op("divide", [dy, x!])];
  },
});

export const logSamples: Samples<"log"> = () => plainSamples([array(new Float32Array([0.5, 1, 2, 10]), [4])]);

/**
 * The natural logarithm of every element: -Infinity at 0, NaN below.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = log(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const log: UnaryFunction<"log"> = /* @__PURE__ */ unaryFunction<"log">(logOp);
