import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction } from "./shared/binary.js";
import { defineBitwise } from "./shared/bitwise.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    bitwiseXor: Record<never, never>;
  }
}

export const bitwiseXorOp = /* @__PURE__ */ defineBitwise<"bitwiseXor">({
  name: "bitwiseXor",
  words: { noun: "other_bits" },
  traits: ["commutative", "broadcasts", "keepsFinite"],
  tensorflow: "BitwiseXor",
  scalar: (a, b) => a ^ b,
});

export const bitwiseXorSamples: Samples<"bitwiseXor"> = () =>
  plainSamples([array(new Int32Array([12, -7, 2147483647]), [3, 1]), array(new Int32Array([10, -1, 0, 255]), [4])]);

/**
 * The bits that one of two integers has, but not both, element by element, with broadcasting.
 *
 * @param a any shape, int32; or a number
 * @param b a shape that broadcasts with a's, int32; or a number
 * @returns the broadcast shape, int32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not int32, SW_DATA when a number is none of int32
 * @example
 * const y = bitwiseXor(input(["batch"], "int32"), 1); // Tensor<["batch"], "int32">
 */
export const bitwiseXor: BinaryFunction<"bitwiseXor", "int32"> = /* @__PURE__ */ binaryFunction<"bitwiseXor", "int32">(
  bitwiseXorOp,
);
