import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction } from "./shared/binary.js";
import { defineBitwise } from "./shared/bitwise.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    bitwiseAnd: Record<never, never>;
  }
}

export const bitwiseAndOp = /* @__PURE__ */ defineBitwise<"bitwiseAnd">({
  name: "bitwiseAnd",
  words: { noun: "common_bits" },
  traits: ["commutative", "broadcasts", "keepsFinite"],
  tensorflow: "BitwiseAnd",
  scalar: (a, b) => a & b,
});

export const bitwiseAndSamples: Samples<"bitwiseAnd"> = () =>
  plainSamples([array(new Int32Array([12, -7, 2147483647]), [3, 1]), array(new Int32Array([10, -1, 0, 255]), [4])]);

/**
 * The bits that both integers have, element by element, with broadcasting.
 *
 * @param a any shape, int32; or a number
 * @param b a shape that broadcasts with a's, int32; or a number
 * @returns the broadcast shape, int32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not int32, SW_DATA when a number is none of int32
 * @example
 * const y = bitwiseAnd(input(["batch"], "int32"), 0xff); // Tensor<["batch"], "int32">
 */
export const bitwiseAnd: BinaryFunction<"bitwiseAnd", "int32"> = /* @__PURE__ */ binaryFunction<"bitwiseAnd", "int32">(
  bitwiseAndOp,
);
