import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { complementaryErrorFunction } from "./shared/errorFunction.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    erfc: Record<never, never>;
  }
}

export const erfcOp = /* @__PURE__ */ defineUnary<"erfc">({
  name: "erfc",
  traits: ["nonNegative", "keepsFinite"],
  tensorflow: "Erfc",
  tfjs: onHost,
  scalar: (x) => complementaryErrorFunction(x),
  gradient({ b, dy, inputs: [x] }) {
    // d erfc x = -dy · 2/√π · e^(-x²)
    const density = b.op("exp", [b.op("neg", [b.op("square", [x!])])]);
    return [b.op("multiply", [dy, b.op("multiply", [b.scalar(-2 / Math.sqrt(Math.PI)), density])])];
  },
});

export const erfcSamples: Samples<"erfc"> = () => plainSamples([array(new Float32Array([-2, 0, 0.5, 1]), [2, 2])]);

/**
 * The complementary error function of every element: what `erf` lacks to 1, exact where that is nearly nothing.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = erfc(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const erfc: UnaryFunction<"erfc"> = /* @__PURE__ */ unaryFunction<"erfc">(erfcOp);
