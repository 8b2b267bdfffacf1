import { abs } from "./abs.js";
import { add } from "./add.js";
import { divide } from "./divide.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The activation x / (1 + |x|), element by element (Turian et al., "Quadratic features and deep architectures for chunking", 2009).
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = softsign(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const softsign: UnaryFunction<"softsign"> = /* @__PURE__ */ composite("softsign", (x) =>
  divide(x, add(abs(x), 1)),
);
