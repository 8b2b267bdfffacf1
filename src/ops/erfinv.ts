import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { inverseErrorFunction } from "./shared/errorFunction.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    erfinv: Record<never, never>;
  }
}

export const erfinvOp = /* @__PURE__ */ defineUnary<"erfinv">({
  name: "erfinv",
  tensorflow: "Erfinv",
  tfjs: onHost,
  scalar: (x) => inverseErrorFunction(x),
  gradient({ b, dy, node }) {
    // d erfinv x = dy · √π/2 · e^(y²), read from the output y
    const steepness = b.op("exp", [b.op("square", [node])]);
    return [b.op("multiply", [dy, b.op("multiply", [b.scalar(Math.sqrt(Math.PI) / 2), steepness])])];
  },
});

export const erfinvSamples: Samples<"erfinv"> = () =>
  plainSamples([array(new Float32Array([-0.75, 0, 0.25, 0.5]), [2, 2])]);

/**
 * The number whose error function an element is: infinite at -1 and 1, NaN beyond. Native TensorFlow's own is infinite already at the float32
 * numbers next to them, ±0.99999994, where other backends give ±3.8325.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const normal = multiply(erfinv(input(["batch", 4])), Math.SQRT2); // of uniform numbers in (-1, 1)
 */
export const erfinv: UnaryFunction<"erfinv"> = /* @__PURE__ */ unaryFunction<"erfinv">(erfinvOp);
