import { array } from "../ir/array.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { sameShape } from "../types/same-shape.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    add: Record<never, never>;
  }
}

const definition = defineBinary<"add">({
  name: "add",
  words: { noun: "total", sign: "+" },
  traits: ["commutative", "broadcasts", "keepsFinite", "keepsSign"],
  dtypes: ["float32", "int32"],
  tensorflow: "AddV2",
  tfjs: "Add",
  scalar: (a, b) => a + b,
  gradient({ dy }) {
    // d(a + b) = dy, dy
    return [dy, dy];
  },
});

export const addOp = {
  ...definition,
  tensorflow(t, inputs, node) {
    // A matrix of one element beside a product within a loop TensorFlow takes for a bias, and then refuses it for its rank.
    const single = node.inputs.every(({ shape }) => sameShape(shape, [1, 1]));
    return single
      ? t.op("AddN", inputs, { T: { type: node.dtype }, N: { int: 2 } })
      : definition.tensorflow(t, inputs, node);
  },
} satisfies ValueOpDefinition<"add">;

export const addSamples: Samples<"add"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([2.5, -1, 0.5]), [3])],
    [array(new Float32Array([1, -2]), [2, 1]), array(new Float32Array([4, -8, 0.5]), [1, 3])],
    [array(new Float32Array([1, 2, -3]), [3]), array(new Float32Array([1.5]), [])],
  );
/**
 * The sum a + b, element by element, with broadcasting.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = add(input(["batch", 3]), constant([1, 2, 3])); // Tensor<["batch", 3], "float32">
 */
export const add: BinaryFunction<"add", "float32" | "int32"> = /* @__PURE__ */ binaryFunction<
  "add",
  "float32" | "int32"
>(addOp);
