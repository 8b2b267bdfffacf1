import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";
import { power } from "./shared/power.js";

declare module "../ir/node.js" {
  interface OpTable {
    pow: Record<never, never>;
  }
}

export const powOp = defineBinary<"pow">({
  name: "pow",
  words: { noun: "power", term: ([base, exponent]) => `${base} ^ ${exponent}` },
  traits: ["broadcasts"],
  tensorflow: "Pow",
  tfjs: "Pow",
  scalar: power,
  gradient({ b, dy, inputs: [x, y], node }) {
    // d aᶜ = dy · c · aᶜ⁻¹, dy · aᶜ · ln a (0 where a ≤ 0, as in TensorFlow)
    const one = b.scalar(1);
    const positive = b.op("greater", [x!, b.scalar(0)]);
    const lnA = b.op("log", [b.op("select", [positive, x!, one])]);
    return [
      b.op("multiply", [dy, b.op("multiply", [y!, b.op("pow", [x!, b.op("subtract", [y!, one])])])]),
      b.op("multiply", [dy, b.op("multiply", [node, lnA])]),
    ];
  },
});

export const powSamples: Samples<"pow"> = () =>
  plainSamples(
    [array(new Float32Array([0.5, 1, 2, 3]), [2, 2]), array(new Float32Array([2, -1, 0.5, 3]), [2, 2])],
    [array(new Float32Array([0.5, 1, 2, 3]), [4]), array(new Float32Array([2]), [])],
  );
/**
 * The power aᵇ, a to the power of b, element by element, with broadcasting.
 *
 * @param a any shape, or a number; float32
 * @param b a shape that broadcasts with a's, of the same dtype; or a number
 * @returns the broadcast shape, the same dtype
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype
 * @example
 * const y = pow(input(["batch", 3]), constant([1, 2, 3])); // Tensor<["batch", 3], "float32">
 */
export const pow: BinaryFunction<"pow"> = /* @__PURE__ */ binaryFunction<"pow">(powOp);
