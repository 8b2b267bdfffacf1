import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    atan2: Record<never, never>;
  }
}

export const atan2Op = defineBinary<"atan2">({
  name: "atan2",
  words: { noun: "angle" },
  traits: ["broadcasts", "keepsFinite"],
  tensorflow: "Atan2",
  tfjs: "Atan2",
  scalar: (y, x) => Math.atan2(y, x),
  gradient({ b, dy, inputs: [y, x] }) {
    // d atan2(y, x) = dy · x / (x² + y²), -dy · y / (x² + y²)
    const share = b.op("divide", [dy, b.op("add", [b.op("square", [x!]), b.op("square", [y!])])]);
    return [b.op("multiply", [share, x!]), b.op("neg", [b.op("multiply", [share, y!])])];
  },
});

export const atan2Samples: Samples<"atan2"> = () =>
  plainSamples([
    array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]),
    array(new Float32Array([3.5, -0.75, 2.5]), [3]),
  ]);

/**
 * The angle between the first axis and the way from the origin to (x, y), from -π to π, element by element, with broadcasting.
 *
 * @param y any shape, or a number; float32
 * @param x a shape that broadcasts with y's, or a number; float32
 * @returns the broadcast shape, float32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not float32
 * @example
 * const angle = atan2(input(["batch"]), input(["batch"])); // Tensor<["batch"], "float32">
 */
export const atan2: BinaryFunction<"atan2"> = /* @__PURE__ */ binaryFunction<"atan2">(atan2Op);
