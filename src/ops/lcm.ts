import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import { abs } from "./abs.js";
import { floorDivide } from "./floorDivide.js";
import { gcd } from "./gcd.js";
import { multiply } from "./multiply.js";
import { type BinaryFunction, binaryComposite } from "./shared/binary.js";

/**
 * The smallest integer from 0 that both divide, element by element, with broadcasting; where one is 0, it is 0. One that int32 has not wraps
 * around, as in NumPy.
 *
 * @param a any shape, int32; or a number
 * @param b a shape that broadcasts with a's, int32; or a number
 * @returns the broadcast shape, int32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not int32, SW_DATA when a number is none of int32
 * @example
 * const period = lcm(input(["batch"], "int32"), 12); // Tensor<["batch"], "int32">
 */
export const lcm: BinaryFunction<"lcm", "int32"> = /* @__PURE__ */ binaryComposite("lcm", ["int32"], (a, b) =>
  // Divided first, so that what is multiplied fits wherever the result does.
  calling("lcm", () => multiply(floorDivide(abs(a), gcd(a, b)), abs(b)) as Tensor<any, "int32">),
);
