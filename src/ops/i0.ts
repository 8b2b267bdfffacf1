import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { besselI0, bounded } from "./shared/bessel.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    i0: Record<never, never>;
  }
}

export const i0Op = /* @__PURE__ */ defineUnary<"i0">({
  name: "i0",
  tensorflow: "BesselI0",
  tfjs: onHost,
  scalar: bounded(besselI0),
  // d I₀(x) = dy · I₁(x)
  gradient: ({ b, dy, inputs: [x] }) => [b.op("multiply", [dy, b.op("i1", [x!])])],
});

export const i0Samples: Samples<"i0"> = () => plainSamples([array(new Float32Array([-2, 0, 0.5, 3]), [2, 2])]);

/**
 * The modified Bessel function of the first kind of order 0, I₀(x) = Σ ((x/2)ᵏ / k!)², element by element: that of `numpy.i0`. NaN of
 * infinities. Native TensorFlow's is infinite a little early, from 88.5 on, where others are from 91.9 on.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = i0(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const i0: UnaryFunction<"i0"> = /* @__PURE__ */ unaryFunction<"i0">(i0Op);
