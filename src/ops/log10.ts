import { log } from "./log.js";
import { multiply } from "./multiply.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The logarithm to base 10 of every element: -Infinity at 0, NaN below.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = log10(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const log10: UnaryFunction<"log10"> = /* @__PURE__ */ composite("log10", (x) => multiply(log(x), 1 / Math.LN10));
