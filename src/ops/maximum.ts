import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    maximum: Record<never, never>;
  }
}

export const maximumOp = defineBinary<"maximum">({
  name: "maximum",
  words: { noun: "larger" },
  traits: ["broadcasts", "keepsFinite", "keepsSign"],
  dtypes: ["float32", "int32"],
  tensorflow: "Maximum",
  tfjs: "Maximum",
  scalar: (a, b) => Math.max(a, b),
  gradient({ b, dy, inputs: [x, y] }) {
    // dy goes to the larger operand, to the first where they are equal (as in TensorFlow)
    const first = b.op("greaterEqual", [x!, y!]);
    const zero = b.scalar(0);
    return [b.op("select", [first, dy, zero]), b.op("select", [first, zero, dy])];
  },
});

export const maximumSamples: Samples<"maximum"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([2.5, -1, 0.5]), [3])],
    [array(new Float32Array([1, -2]), [2, 1]), array(new Float32Array([4, -8, 0.5]), [1, 3])],
    [array(new Float32Array([1, 2, -3]), [3]), array(new Float32Array([1.5]), [])],
  );
/**
 * The larger of a and b, element by element, with broadcasting.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = maximum(input(["batch", 3]), constant([1, 2, 3])); // Tensor<["batch", 3], "float32">
 */
export const maximum: BinaryFunction<"maximum", "float32" | "int32"> = /* @__PURE__ */ binaryFunction<
  "maximum",
  "float32" | "int32"
>(maximumOp);
