import { cast } from "./cast.js";
import { equal } from "./equal.js";
import { greater } from "./greater.js";
import { isNaN } from "./isNaN.js";
import { select } from "./select.js";
import { type BinaryFunction, binaryComposite } from "./shared/binary.js";

/**
 * The step function: 0 below 0, 1 above, and the other operand's element at 0, element by element, with broadcasting.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b what stands at 0: a shape that broadcasts with a's, or a number; the same dtype
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = heaviside(input(["batch", 3]), 0.5); // Tensor<["batch", 3], "float32">
 */
export const heaviside: BinaryFunction<"heaviside", "float32" | "int32"> = /* @__PURE__ */ binaryComposite(
  "heaviside",
  ["float32", "int32"],
  (a, b) => {
    const step = select(equal(a, 0), b, cast(greater(a, 0), a.dtype));
    return a.dtype === "int32" ? step : select(isNaN(a), Number.NaN, step);
  },
);
