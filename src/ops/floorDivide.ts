import { array } from "../ir/array.js";
import type { InFamily, Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { numberWhere, zerosOf } from "./shared/integer-divisor.js";
import { noSlope } from "./shared/noSlope.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    floorDivide: Record<never, never>;
  }
}

const rules = /* @__PURE__ */ defineBinary<"floorDivide">({
  name: "floorDivide",
  words: { noun: "quotient" },
  traits: ["broadcasts"],
  dtypes: ["float32", "int32"],
  tensorflow: "FloorDiv",
  tfjs: onHost,
  // The quotient as float32 has it: one that is just below an integer may be that integer.
  scalar: (a, b) => Math.floor(Math.fround(a / b)),
  integer: (a, b) => (b === 0 ? 0 : Math.floor(a / b) | 0),
  gradient: ({ b, dy }) => [noSlope(b, dy), noSlope(b, dy)],
});

export const floorDivideOp: InFamily<"floorDivide", "binary"> = {
  ...rules,
  tensorflow(t, [a, b], node) {
    const zeros = node.dtype === "int32" ? zerosOf(t, b!, node.inputs[1]) : undefined;
    if (!zeros) return rules.tensorflow(t, [a!, b!], node);
    return numberWhere(t, zeros, 0, rules.tensorflow(t, [a!, numberWhere(t, zeros, 1, b!)], node));
  },
};

export const floorDivideSamples: Samples<"floorDivide"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([3.5, -0.75, 2.5]), [3])],
    [array(new Int32Array([7, -7, 0]), [3, 1]), array(new Int32Array([2, -2, 0]), [3])],
  );

/**
 * The largest integer that is not above a / b, element by element, with broadcasting. An int32 divided by 0 is 0, as in NumPy.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const row = floorDivide(input(["batch"], "int32"), 28); // Tensor<["batch"], "int32">
 */
export const floorDivide: BinaryFunction<"floorDivide", "float32" | "int32"> = /* @__PURE__ */ binaryFunction<
  "floorDivide",
  "float32" | "int32"
>(floorDivideOp);
