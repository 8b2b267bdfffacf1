import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The linear activation: x itself.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = linear(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const linear: UnaryFunction<"linear"> = /* @__PURE__ */ composite("linear", (x) => x);
