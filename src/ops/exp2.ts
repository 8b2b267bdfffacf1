import { pow } from "./pow.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The power 2ˣ of two, for every element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = exp2(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const exp2: UnaryFunction<"exp2"> = /* @__PURE__ */ composite("exp2", (x) => pow(2, x));
