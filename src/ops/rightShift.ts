import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction } from "./shared/binary.js";
import { defineBitwise, shiftAmount } from "./shared/bitwise.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    rightShift: Record<never, never>;
  }
}

export const rightShiftOp = /* @__PURE__ */ defineBitwise<"rightShift">({
  name: "rightShift",
  words: { noun: "shifted" },
  traits: ["broadcasts", "keepsFinite"],
  tensorflow: "RightShift",
  scalar: (a, b) => a >> shiftAmount(b),
});

export const rightShiftSamples: Samples<"rightShift"> = () =>
  plainSamples([array(new Int32Array([12, -7, 2147483647]), [3, 1]), array(new Int32Array([0, 3, 31, -1]), [4])]);

/**
 * An integer with its bits moved down: its sign stays, what falls out is lost, element by element, with broadcasting.
 *
 * @param a any shape, int32; or a number
 * @param b how far, from 0 to 31; what is beyond is taken as the nearest of them. int32, a shape that broadcasts with a's; or a number
 * @returns the broadcast shape, int32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not int32, SW_DATA when a number is none of int32
 * @example
 * const y = rightShift(input(["batch"], "int32"), 2); // Tensor<["batch"], "int32">
 */
export const rightShift: BinaryFunction<"rightShift", "int32"> = /* @__PURE__ */ binaryFunction<"rightShift", "int32">(
  rightShiftOp,
);
