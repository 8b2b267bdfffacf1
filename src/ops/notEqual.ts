import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type ComparisonFunction, comparisonFunction, defineComparison } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    notEqual: Record<never, never>;
  }
}

export const notEqualOp = defineComparison<"notEqual">({
  name: "notEqual",
  words: { noun: "differs", term: ([a, b]) => `${a} ≠ ${b}` },
  traits: ["commutative", "broadcasts", "keepsFinite"],
  tensorflow: "NotEqual",
  tfjs: "NotEqual",
  scalar: (a, b) => a !== b,
});

export const notEqualSamples: Samples<"notEqual"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([1, -1, 0.5]), [3])],
    [array(new Int32Array([1, 2]), [2, 1]), array(new Int32Array([2, 1]), [2])],
  );
/**
 * Whether a ≠ b, element by element, with broadcasting.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, bool
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const mask = notEqual(input(["batch", 3]), 0); // Tensor<["batch", 3], "bool">
 */
export const notEqual: ComparisonFunction<"notEqual"> = /* @__PURE__ */ comparisonFunction(notEqualOp);
