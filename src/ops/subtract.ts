import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    subtract: Record<never, never>;
  }
}

export const subtractOp = defineBinary<"subtract">({
  name: "subtract",
  words: { noun: "difference", sign: "-" },
  traits: ["broadcasts", "keepsFinite"],
  dtypes: ["float32", "int32"],
  tensorflow: "Sub",
  tfjs: "Sub",
  scalar: (a, b) => a - b,
  gradient({ b, dy }) {
    // d(a - b) = dy, -dy
    return [dy, b.op("neg", [dy])];
  },
});

export const subtractSamples: Samples<"subtract"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([2.5, -1, 0.5]), [3])],
    [array(new Float32Array([1, -2]), [2, 1]), array(new Float32Array([4, -8, 0.5]), [1, 3])],
    [array(new Float32Array([1, 2, -3]), [3]), array(new Float32Array([1.5]), [])],
  );
/**
 * The difference a - b, element by element, with broadcasting.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = subtract(input(["batch", 3]), constant([1, 2, 3])); // Tensor<["batch", 3], "float32">
 */
export const subtract: BinaryFunction<"subtract", "float32" | "int32"> = /* @__PURE__ */ binaryFunction<
  "subtract",
  "float32" | "int32"
>(subtractOp);
