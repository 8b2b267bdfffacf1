import { divide } from "./divide.js";
import { equal } from "./equal.js";
import { select } from "./select.js";
import { type BinaryFunction, binaryComposite } from "./shared/binary.js";

/**
 * The quotient a / b, and 0 where b is 0, element by element, with broadcasting. There, the derivatives are 0, too.
 *
 * @param a any shape, or a number; float32
 * @param b a shape that broadcasts with a's, or a number; float32
 * @returns the broadcast shape, float32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not float32
 * @example
 * const y = divideNoNan(input(["batch", 3]), input(["batch", 1])); // Tensor<["batch", 3], "float32">
 */
export const divideNoNan: BinaryFunction<"divideNoNan"> = /* @__PURE__ */ binaryComposite(
  "divideNoNan",
  ["float32"],
  (a, b) => {
    const isZero = equal(b, 0);
    return select(isZero, 0, divide(a, select(isZero, 1, b)));
  },
);
