import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { noSlope } from "./shared/noSlope.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    floor: Record<never, never>;
  }
}

export const floorOp = defineUnary<"floor">({
  name: "floor",
  words: { noun: "floored" },
  traits: ["keepsFinite"],
  tensorflow: "Floor",
  tfjs: "Floor",
  scalar: (x) => Math.floor(x),
  gradient: ({ b, dy }) => [noSlope(b, dy)],
});

export const floorSamples: Samples<"floor"> = () =>
  plainSamples([array(new Float32Array([-1.5, 0.25, 2.5, 0.5]), [2, 2])]);

/**
 * The largest integer that is not above an element, for every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = floor(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const floor: UnaryFunction<"floor"> = /* @__PURE__ */ unaryFunction<"floor">(floorOp);
