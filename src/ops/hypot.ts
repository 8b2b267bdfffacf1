import { abs } from "./abs.js";
import { add } from "./add.js";
import { divide } from "./divide.js";
import { equal } from "./equal.js";
import { isInf } from "./isInf.js";
import { isNaN } from "./isNaN.js";
import { less } from "./less.js";
import { logicalAnd } from "./logicalAnd.js";
import { logicalOr } from "./logicalOr.js";
import { maximum } from "./maximum.js";
import { multiply } from "./multiply.js";
import { select } from "./select.js";
import { type BinaryFunction, binaryComposite } from "./shared/binary.js";
import { sqrt } from "./sqrt.js";
import { square } from "./square.js";
import { stopGradient } from "./stopGradient.js";

/**
 * The length √(a² + b²) of the vector (a, b), element by element, with broadcasting: it does not overflow where the squares do. Its derivatives at (0, 0) are 0. As in
 * NumPy, it is infinite where one of both is, also beside NaN.
 *
 * @param a any shape, or a number; float32
 * @param b a shape that broadcasts with a's, or a number; float32
 * @returns the broadcast shape, float32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not float32
 * @example
 * const y = hypot(input(["batch", 3]), constant([1, 2, 3])); // Tensor<["batch", 3], "float32">
 */
export const hypot: BinaryFunction<"hypot"> = /* @__PURE__ */ binaryComposite("hypot", ["float32"], (a, b) => {
  const largest = stopGradient(maximum(abs(a), abs(b)));
  const isZero = equal(largest, 0);
  // With the larger one taken out, the squares are those of numbers up to 1. Which number is taken out makes no difference to the result.
  const scale = select(isZero, 1, select(less(largest, Number.POSITIVE_INFINITY), largest, 1));
  const squares = add(square(divide(a, scale)), square(divide(b, scale)));
  const found = select(isZero, largest, multiply(scale, sqrt(select(isZero, 1, squares))));
  const isFar = logicalAnd(isNaN(largest), logicalOr(isInf(a), isInf(b)));
  return select(isFar, Number.POSITIVE_INFINITY, found);
});
