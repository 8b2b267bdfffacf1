import { maximum } from "./maximum.js";
import { minimum } from "./minimum.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The hard hyperbolic tangent: x, but at least -1 and at most 1.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = hardTanh(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const hardTanh: UnaryFunction<"hardTanh"> = /* @__PURE__ */ composite("hardTanh", (x) =>
  minimum(maximum(x, -1), 1),
);
