import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";
import { subtract } from "./subtract.js";
import { tanh } from "./tanh.js";

/**
 * What tanh takes away, x - tanh x, element by element.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = tanhShrink(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const tanhShrink: UnaryFunction<"tanhShrink"> = /* @__PURE__ */ composite("tanhShrink", (x) =>
  subtract(x, tanh(x)),
);
