import { array } from "../ir/array.js";
import type { InFamily, Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { numberWhere, zerosOf } from "./shared/integer-divisor.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    mod: Record<never, never>;
  }
}

/** JavaScript's remainder has the dividend's sign. */
function modulo(a: number, b: number): number {
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
}

const rules = /* @__PURE__ */ defineBinary<"mod">({
  name: "mod",
  words: { noun: "remainder" },
  traits: ["broadcasts"],
  dtypes: ["float32", "int32"],
  tensorflow: "FloorMod",
  tfjs: onHost,
  scalar: modulo,
  integer: (a, b) => (b === 0 ? 0 : modulo(a, b)),
  gradient({ b, dy, inputs: [x, y] }) {
    // d(a - c · ⌊a / c⌋) = dy, -dy · ⌊a / c⌋
    return [dy, b.op("neg", [b.op("multiply", [dy, b.op("floorDivide", [x!, y!])])])];
  },
});

export const modOp: InFamily<"mod", "binary"> = {
  ...rules,
  tensorflow(t, [a, b], node) {
    const zeros = node.dtype === "int32" ? zerosOf(t, b!, node.inputs[1]) : undefined;
    // Any integer is 0 modulo 1.
    return rules.tensorflow(t, [a!, zeros ? numberWhere(t, zeros, 1, b!) : b!], node);
  },
};

export const modSamples: Samples<"mod"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([3.5, -0.75, 2.5]), [3])],
    [array(new Int32Array([7, -7, 0]), [3, 1]), array(new Int32Array([2, -2, 0]), [3])],
  );

/**
 * The remainder of a / b with the sign of b, a - b · ⌊a / b⌋, element by element, with broadcasting. Of an int32 by 0 it is 0, as in
 * NumPy.
 *
 * @param a any shape, or a number; float32 or int32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const column = mod(input(["batch"], "int32"), 28); // Tensor<["batch"], "int32">
 */
export const mod: BinaryFunction<"mod", "float32" | "int32"> = /* @__PURE__ */ binaryFunction<
  "mod",
  "float32" | "int32"
>(modOp);
