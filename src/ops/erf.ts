import { array } from "../ir/array.js";
import type { InFamily, Samples } from "../ir/op.js";
import { errorFunction } from "./shared/errorFunction.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    erf: Record<never, never>;
  }
}

const byKernels = /* @__PURE__ */ defineUnary<"erf">({
  name: "erf",
  traits: ["keepsFinite"],
  tensorflow: "Erf",
  tfjs: "Erf",
  scalar: (x) => errorFunction(x),
  gradient({ b, dy, inputs: [x] }) {
    // d erf x = dy · 2/√π · e^(-x²)
    return [
      b.op("multiply", [
        dy,
        b.op("multiply", [b.scalar(2 / Math.sqrt(Math.PI)), b.op("exp", [b.op("neg", [b.op("square", [x!])])])]),
      ]),
    ];
  },
});

export const erfOp: InFamily<"erf", "unary"> = {
  ...byKernels,
  tfjs(k, [x], context) {
    if (k.backend === "tensorflow") return byKernels.tfjs(k, [x!], context);
    // tfjs's own kernels have a polynomial of five terms, of which two digits are left near 0.
    return k.tensor(Float32Array.from(k.read(x!), errorFunction), x!.shape, "float32");
  },
};

export const erfSamples: Samples<"erf"> = () => plainSamples([array(new Float32Array([-2, 0, 0.5, 1]), [2, 2])]);

/**
 * The error function 2/√π · ∫₀ˣ e^(-t²) dt of every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = erf(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const erf: UnaryFunction<"erf"> = /* @__PURE__ */ unaryFunction<"erf">(erfOp);
