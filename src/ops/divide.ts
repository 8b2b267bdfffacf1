import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    divide: Record<never, never>;
  }
}

export const divideOp = defineBinary<"divide">({
  name: "divide",
  words: { noun: "quotient", sign: "/" },
  traits: ["broadcasts"],
  tensorflow: "RealDiv",
  tfjs: "RealDiv",
  scalar: (a, b) => a / b,
  gradient({ b, dy, inputs: [, y], node }) {
    // d(a / c) = dy / c, -dy · (a / c) / c
    return [b.op("divide", [dy, y!]), b.op("neg", [b.op("divide", [b.op("multiply", [dy, node]), y!])])];
  },
});

export const divideSamples: Samples<"divide"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([2, -1, 0.5]), [3])],
    [array(new Float32Array([1, 2]), [2, 1]), array(new Float32Array([4, 8]), [2])],
  );
/**
 * The quotient a / b, element by element, with broadcasting.
 *
 * @param a any shape, or a number; float32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = divide(input(["batch", 3]), constant([1, 2, 3])); // Tensor<["batch", 3], "float32">
 */
export const divide: BinaryFunction<"divide"> = /* @__PURE__ */ binaryFunction<"divide">(divideOp);
