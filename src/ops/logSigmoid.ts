import { neg } from "./neg.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";
import { softplus } from "./softplus.js";

/**
 * The logarithm of the sigmoid, ln σ(x) = -softplus(-x), element by element, without the overflow of a logarithm after a sigmoid.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = logSigmoid(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const logSigmoid: UnaryFunction<"logSigmoid"> = /* @__PURE__ */ composite("logSigmoid", (x) =>
  neg(softplus(neg(x))),
);
