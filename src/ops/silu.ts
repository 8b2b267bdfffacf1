import { multiply } from "./multiply.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";
import { sigmoid } from "./sigmoid.js";

/**
 * The sigmoid linear unit x · σ(x), also called swish, element by element (Hendrycks and Gimpel, "Gaussian error linear units",
 * 2016; Ramachandran et al., "Searching for activation functions", 2017).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = silu(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const silu: UnaryFunction<"silu"> = /* @__PURE__ */ composite("silu", (x) => multiply(x, sigmoid(x)));
