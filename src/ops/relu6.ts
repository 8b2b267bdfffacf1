import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    relu6: Record<never, never>;
  }
}

export const relu6Op = defineUnary<"relu6">({
  name: "relu6",
  traits: ["nonNegative", "keepsFinite"],
  tensorflow: "Relu6",
  tfjs: "Relu6",
  scalar: (x) => Math.min(Math.max(0, x), 6),
  gradient({ b, dy, node }) {
    // d = dy where the output is between 0 and 6, read from the output, as relu's
    const zero = b.scalar(0);
    const below = b.op("select", [b.op("less", [node, b.scalar(6)]), dy, zero]);
    return [b.op("select", [b.op("greater", [node, zero]), below, zero])];
  },
});

export const relu6Samples: Samples<"relu6"> = () => plainSamples([array(new Float32Array([-2, 1, 5, 7.5]), [2, 2])]);

/**
 * The rectifier with a ceiling, min(max(0, x), 6), element by element (Krizhevsky, "Convolutional deep belief networks on
 * CIFAR-10", 2010).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = relu6(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const relu6: UnaryFunction<"relu6"> = /* @__PURE__ */ unaryFunction<"relu6">(relu6Op);
