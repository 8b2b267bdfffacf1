import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { CheckDefaultAxis, CheckGivenAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { flopsPerElement } from "./shared/flops.js";
import { alongAxis, checkLastAxis, rowwise } from "./shared/last-axis.js";
import type { OrMessage } from "./shared/orMessage.js";
import { ramp } from "./shared/ramp.js";
import { logSoftmax, mapRows } from "./shared/rows.js";

declare module "../ir/node.js" {
  interface OpTable {
    softmax: Record<never, never>;
  }
}

export const softmaxOp: ValueOpDefinition<"softmax"> = {
  name: "softmax",
  traits: ["nonNegative", "keepsFinite"],
  infer([x]) {
    refuse("SW_DTYPE", "softmax", checkDType("softmax", x!.dtype, ["float32"]));
    refuse("SW_SHAPE", "softmax", checkLastAxis("softmax", x!.shape));
    return x!;
  },
  gradient({ b, dy, node }) {
    // d softmax = y · (dy - Σ dy · y), the sum over the last axis
    const total = b.op("sum", [b.op("multiply", [dy, node])], { axes: [node.rank - 1], keepDims: true });
    return [b.op("multiply", [node, b.op("subtract", [dy, total])])];
  },
  tensorflow: (t, [x], { shape }) => rowwise(t, "Softmax", x!, shape),
  tfjs: (k, [x]) => k.run("Softmax", { logits: x! }, { dim: x!.shape.length - 1 }),
  reference: ([x]) => mapRows(x!, (row) => logSoftmax(row).map(Math.exp)),
  // Maximum, difference, exponential, sum, quotient.
  flops: flopsPerElement(5),
};

export const softmaxSamples: Samples<"softmax"> = () => [
  { inputs: [ramp([2, 3])], attributes: {} },
  { inputs: [ramp([4])], attributes: {} },
  { inputs: [ramp([2, 2, 3])], attributes: {} },
  { inputs: [ramp([3, 1])], attributes: {} },
  { inputs: [array(new Float32Array([1000, 1001, -1000, -1001]), [2, 2])], attributes: {}, notSmooth: "saturated" },
];

/**
 * The softmax eˣ / Σ eˣ along an axis: numbers as probabilities, which sum to 1. It does not overflow. In a row with +∞ or NaN nothing is a number,
 * as PyTorch has it; oneDNN, which TensorFlow may compute it with, leaves 0 beside.
 *
 * @param x rank 1 or more, float32
 * @param axis the last unless said otherwise; negative ones count from the end
 * @returns the same shape and dtype
 * @throws SW_VALUE when there is no such axis
 * @example
 * const y = softmax(input(["batch", 10])); // Tensor<["batch", 10], "float32">
 */
export function softmax<const S extends Shape, D extends DType, const A extends number = -1>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"softmax", D, "float32">, CheckDefaultAxis<"softmax", S, A, D>>,
  axis?: OrMessage<A, CheckGivenAxis<"softmax", S, A>>,
): Tensor<S, D> {
  return tensorOf(alongAxis(softmaxOp, nodeOf(x, "softmax"), axis as number | undefined));
}
