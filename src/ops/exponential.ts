import { exp } from "./exp.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The exponential activation eˣ, element by element: `exp` by the name that Keras gives the activation.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = exponential(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const exponential: UnaryFunction<"exponential"> = /* @__PURE__ */ composite("exponential", (x) => exp(x));
