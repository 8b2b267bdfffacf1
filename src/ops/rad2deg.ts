import { multiply } from "./multiply.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * Angles in radians as degrees, element by element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = rad2deg(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const rad2deg: UnaryFunction<"rad2deg"> = /* @__PURE__ */ composite("rad2deg", (x) =>
  multiply(x, 180 / Math.PI),
);
