import { multiply } from "./multiply.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";
import { softplus } from "./softplus.js";
import { tanh } from "./tanh.js";

/**
 * The activation Mish, x · tanh(softplus x), element by element (Misra, "Mish: a self regularized non-monotonic activation function", 2019).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = mish(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const mish: UnaryFunction<"mish"> = /* @__PURE__ */ composite("mish", (x) => multiply(x, tanh(softplus(x))));
