import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction } from "./shared/binary.js";
import { defineBitwise, shiftAmount } from "./shared/bitwise.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    leftShift: Record<never, never>;
  }
}

export const leftShiftOp = /* @__PURE__ */ defineBitwise<"leftShift">({
  name: "leftShift",
  words: { noun: "shifted" },
  traits: ["broadcasts", "keepsFinite"],
  tensorflow: "LeftShift",
  scalar: (a, b) => a << shiftAmount(b),
});

export const leftShiftSamples: Samples<"leftShift"> = () =>
  plainSamples([array(new Int32Array([12, -7, 2147483647]), [3, 1]), array(new Int32Array([0, 3, 31, -1]), [4])]);

/**
 * An integer with its bits moved up, with zeros below, element by element, with broadcasting.
 *
 * @param a any shape, int32; or a number
 * @param b how far, from 0 to 31; what is beyond is taken as the nearest of them. int32, a shape that broadcasts with a's; or a number
 * @returns the broadcast shape, int32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not int32, SW_DATA when a number is none of int32
 * @example
 * const y = leftShift(input(["batch"], "int32"), 2); // Tensor<["batch"], "int32">
 */
export const leftShift: BinaryFunction<"leftShift", "int32"> = /* @__PURE__ */ binaryFunction<"leftShift", "int32">(
  leftShiftOp,
);
