import { less } from "./less.js";
import { neg } from "./neg.js";
import { pow } from "./pow.js";
import { select } from "./select.js";
import { composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";

/**
 * The cube root, element by element: of negative numbers, too. Its derivative at 0 is infinite.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = cbrt(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const cbrt: UnaryFunction<"cbrt"> = /* @__PURE__ */ composite("cbrt", (x) => {
  const isNegative = less(x, 0);
  const root = pow(select(isNegative, neg(x), x), 1 / 3);
  return select(isNegative, neg(root), root);
});
