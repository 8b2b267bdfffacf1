import { multiply } from "./multiply.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * Angles in degrees as radians, element by element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = deg2rad(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const deg2rad: UnaryFunction<"deg2rad"> = /* @__PURE__ */ composite("deg2rad", (x) =>
  multiply(x, Math.PI / 180),
);
