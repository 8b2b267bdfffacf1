import { add } from "./add.js";
import { exp } from "./exp.js";
import { log1p } from "./log1p.js";
import { type BinaryFunction, binaryComposite } from "./shared/binary.js";
import { largerFirst } from "./shared/largerFirst.js";

/**
 * The logarithm of a sum of exponentials, ln(eᵃ + eᵇ), element by element, with broadcasting: it does not overflow where the powers do.
 *
 * @param a any shape, or a number; float32
 * @param b a shape that broadcasts with a's, or a number; float32
 * @returns the broadcast shape, float32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not float32
 * @example
 * const y = logAddExp(input(["batch", 3]), constant([1, 2, 3])); // Tensor<["batch", 3], "float32">
 */
export const logAddExp: BinaryFunction<"logAddExp"> = /* @__PURE__ */ binaryComposite(
  "logAddExp",
  ["float32"],
  (a, b) => {
    const { larger, difference } = largerFirst(a, b);
    return add(larger, log1p(exp(difference)));
  },
);
