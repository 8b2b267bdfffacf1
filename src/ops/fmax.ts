import { isNaN } from "./isNaN.js";
import { maximum } from "./maximum.js";
import { select } from "./select.js";
import { type BinaryFunction, binaryComposite } from "./shared/binary.js";

/**
 * The larger of two elements, with broadcasting; beside NaN, the other one.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, or a number; the same dtype
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = fmax(input(["batch", 3]), 0); // Tensor<["batch", 3], "float32">
 */
export const fmax: BinaryFunction<"fmax", "float32" | "int32"> = /* @__PURE__ */ binaryComposite(
  "fmax",
  ["float32", "int32"],
  (a, b) => (a.dtype === "int32" ? maximum(a, b) : maximum(select(isNaN(a), b, a), select(isNaN(b), a, b))),
);
