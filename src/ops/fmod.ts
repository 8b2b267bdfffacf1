import type { Tensor } from "../ir/tensor.js";
import { abs } from "./abs.js";
import { equal } from "./equal.js";
import { less } from "./less.js";
import { logicalNot } from "./logicalNot.js";
import { logicalOr } from "./logicalOr.js";
import { logicalXor } from "./logicalXor.js";
import { mod } from "./mod.js";
import { neg } from "./neg.js";
import { select } from "./select.js";
import { type BinaryFunction, binaryComposite } from "./shared/binary.js";
import type { Any } from "./shared/composite.js";
import { subtract } from "./subtract.js";

/**
 * The remainder of a / b with the sign of a, as C and JavaScript have it, element by element, with broadcasting; `mod` has the sign of b.
 * Of an int32 by 0 it is 0, as in NumPy.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, or a number; the same dtype
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = fmod(input(["batch", 3]), 2); // Tensor<["batch", 3], "float32">
 */
export const fmod: BinaryFunction<"fmod", "float32" | "int32"> = /* @__PURE__ */ binaryComposite(
  "fmod",
  ["float32", "int32"],
  (a, b) => (a.dtype === "int32" ? ofIntegers(a, b) : ofFloats(a, b)),
);

/** The remainder of the sizes, with the sign of a. */
function ofFloats(a: Any, b: Any): Any {
  const isNegative = less(a, 0);
  const remainder = mod(select(isNegative, neg(a), a), abs(b));
  return select(isNegative, neg(remainder), remainder);
}

/** Of the remainder with the sign of b, one b less: the size of the least int32 is none. */
function ofIntegers(a: Tensor<any, "int32">, b: Tensor<any, "int32">): Tensor<any, "int32"> {
  const remainder = mod(a, b);
  const isRight = logicalOr(equal(remainder, 0), logicalNot(logicalXor(less(a, 0), less(remainder, 0))));
  return select(isRight, remainder, subtract(remainder, b));
}
