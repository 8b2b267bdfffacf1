import { divide } from "./divide.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The reciprocal 1 / x of every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = reciprocal(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const reciprocal: UnaryFunction<"reciprocal"> = /* @__PURE__ */ composite("reciprocal", (x) => divide(1, x));
