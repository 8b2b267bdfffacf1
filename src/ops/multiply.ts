import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    multiply: Record<never, never>;
  }
}

export const multiplyOp = defineBinary<"multiply">({
  name: "multiply",
  words: { noun: "product", sign: "*" },
  traits: ["commutative", "broadcasts", "keepsFinite", "keepsSign"],
  dtypes: ["float32", "int32"],
  tensorflow: "Mul",
  tfjs: "Multiply",
  scalar: (a, b) => a * b,
  // In float64, the lowest digits of a large product would be lost.
  integer: Math.imul,
  gradient({ b, dy, inputs: [x, y] }) {
    // d(a · c) = dy · c, dy · a
    return [b.op("multiply", [dy, y!]), b.op("multiply", [dy, x!])];
  },
});

export const multiplySamples: Samples<"multiply"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([2.5, -1, 0.5]), [3])],
    [array(new Float32Array([1, -2]), [2, 1]), array(new Float32Array([4, -8, 0.5]), [1, 3])],
    [array(new Float32Array([1, 2, -3]), [3]), array(new Float32Array([1.5]), [])],
  );
/**
 * The product a · b, element by element, with broadcasting. For a matrix product see `dot`.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = multiply(input(["batch", 3]), constant([1, 2, 3])); // Tensor<["batch", 3], "float32">
 */
export const multiply: BinaryFunction<"multiply", "float32" | "int32"> = /* @__PURE__ */ binaryFunction<
  "multiply",
  "float32" | "int32"
>(multiplyOp);
