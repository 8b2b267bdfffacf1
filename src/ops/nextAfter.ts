import { array } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { onHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    nextAfter: Record<never, never>;
  }
}

export const nextAfterOp = /* @__PURE__ */ defineBinary<"nextAfter">({
  name: "nextAfter",
  words: { noun: "neighbour" },
  traits: ["broadcasts"],
  tensorflow: "NextAfter",
  tfjs: onHost,
  scalar: neighbour,
  gradient: { notDifferentiable: "it steps from one number of float32 to the next, and steps have no slope" },
});

/** The next number of float32 after a in the direction of b: its bits, read as an integer, are the next ones. */
function neighbour(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  if (a === b) return b;
  const float = Float32Array.of(a === 0 ? Math.sign(b) * 2 ** -149 : a);
  if (a !== 0) new Int32Array(float.buffer)[0]! += b > a === a > 0 ? 1 : -1;
  return float[0]!;
}

export const nextAfterSamples: Samples<"nextAfter"> = () =>
  plainSamples([
    array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]),
    array(new Float32Array([3.5, -0.75, 2.5]), [3]),
  ]);

/**
 * The next number of float32 after a in the direction of b, element by element, with broadcasting: b where both are equal. NumPy's `nextafter`.
 * It has no derivatives.
 *
 * @param a any shape, or a number; float32
 * @param b a shape that broadcasts with a's, or a number; float32
 * @returns the broadcast shape, float32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not float32
 * @example
 * const y = nextAfter(input(["batch", 3]), Infinity); // Tensor<["batch", 3], "float32">
 */
export const nextAfter: BinaryFunction<"nextAfter"> = /* @__PURE__ */ binaryFunction<"nextAfter">(nextAfterOp);
