import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction } from "./shared/binary.js";
import { defineBitwise } from "./shared/bitwise.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    bitwiseOr: Record<never, never>;
  }
}

export const bitwiseOrOp = /* @__PURE__ */ defineBitwise<"bitwiseOr">({
  name: "bitwiseOr",
  words: { noun: "all_bits" },
  traits: ["commutative", "broadcasts", "keepsFinite"],
  tensorflow: "BitwiseOr",
  scalar: (a, b) => a | b,
});

export const bitwiseOrSamples: Samples<"bitwiseOr"> = () =>
  plainSamples([array(new Int32Array([12, -7, 2147483647]), [3, 1]), array(new Int32Array([10, -1, 0, 255]), [4])]);

/**
 * The bits that one of two integers has, or both, element by element, with broadcasting.
 *
 * @param a any shape, int32; or a number
 * @param b a shape that broadcasts with a's, int32; or a number
 * @returns the broadcast shape, int32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not int32, SW_DATA when a number is none of int32
 * @example
 * const y = bitwiseOr(input(["batch"], "int32"), 1); // Tensor<["batch"], "int32">
 */
export const bitwiseOr: BinaryFunction<"bitwiseOr", "int32"> = /* @__PURE__ */ binaryFunction<"bitwiseOr", "int32">(
  bitwiseOrOp,
);
