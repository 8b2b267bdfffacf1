import { type BinaryFunction, binaryComposite } from "./shared/binary.js";
import { square } from "./square.js";
import { subtract } from "./subtract.js";

/**
 * The square of the difference, (a - b)², element by element, with broadcasting.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = squaredDifference(input(["batch", 3]), constant([1, 2, 3])); // Tensor<["batch", 3], "float32">
 */
export const squaredDifference: BinaryFunction<"squaredDifference", "float32" | "int32"> =
  /* @__PURE__ */ binaryComposite("squaredDifference", ["float32", "int32"], (a, b) => square(subtract(a, b)));
