import { abs } from "./abs.js";
import { add } from "./add.js";
import { divide } from "./divide.js";
import { less } from "./less.js";
import { multiply } from "./multiply.js";
import { select } from "./select.js";
import { type Any, composite } from "./shared/composite.js";
import type { UnaryFunction } from "./shared/unary.js";
import { sin } from "./sin.js";
import { square } from "./square.js";

/** Of sin(y) / y = 1 - y² / 3! + y⁴ / 5! …, the coefficients of y²: from the last on. */
const coefficients = [1 / 6227020800, -1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1];

/**
 * The sinc function sin(πx) / (πx), element by element, and 1 at 0: the rule is that of `numpy.sinc`.
 *
 * @param x any shape; float32
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32
 * @example
 * const y = sinc(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 */
export const sinc: UnaryFunction<"sinc"> = /* @__PURE__ */ composite("sinc", (x) => {
  const y = multiply(x, Math.PI);
  // About 0, derivatives of the quotient are differences of large numbers.
  const isSmall = less(abs(y), 1);
  const small = square(select(isSmall, y, 0));
  const [last, ...others] = coefficients;
  const series = others.reduce<Any>((sum, c) => add(multiply(sum, small), c), add(multiply(small, 0), last!));
  const large = select(isSmall, 1, y);
  return select(isSmall, series, divide(sin(large), large));
});
