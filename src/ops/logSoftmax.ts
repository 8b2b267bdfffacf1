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
import { alongAxis, checkLastAxis, logSoftmaxKernels, rowwise } from "./shared/last-axis.js";
import type { OrMessage } from "./shared/orMessage.js";
import { ramp } from "./shared/ramp.js";
import { logSoftmax as logSoftmaxOf, mapRows } from "./shared/rows.js";

declare module "../ir/node.js" {
  interface OpTable {
    logSoftmax: Record<never, never>;
  }
}

export const logSoftmaxOp: ValueOpDefinition<"logSoftmax"> = {
  name: "logSoftmax",
  traits: ["keepsFinite"],
  infer([x]) {
    refuse("SW_DTYPE", "logSoftmax", checkDType("logSoftmax", x!.dtype, ["float32"]));
    refuse("SW_SHAPE", "logSoftmax", checkLastAxis("logSoftmax", x!.shape));
    return x!;
  },
  gradient({ b, dy, node }) {
    // d logSoftmax = dy - eʸ · Σ dy, the sum over the last axis
    const total = b.op("sum", [dy], { axes: [node.rank - 1], keepDims: true });
    return [b.op("subtract", [dy, b.op("multiply", [b.op("exp", [node]), total])])];
  },
  tensorflow: (t, [x], { shape }) => rowwise(t, "LogSoftmax", x!, shape),
  tfjs: (k, [x]) => logSoftmaxKernels(k, x!),
  reference: ([x]) => mapRows(x!, logSoftmaxOf),
  // Maximum, difference, exponential, sum; then the difference with the logarithm.
  flops: flopsPerElement(5),
};

export const logSoftmaxSamples: Samples<"logSoftmax"> = () => [
  { inputs: [ramp([2, 3])], attributes: {} },
  { inputs: [ramp([4])], attributes: {} },
  { inputs: [ramp([2, 2, 3])], attributes: {} },
  { inputs: [ramp([3, 1])], attributes: {} },
  {
    inputs: [array(new Float32Array([1000, 1001, -1000, -1001]), [2, 2])],
    attributes: {},
    notSmooth: "too large for a small step to show",
  },
];

/**
 * The logarithm of the softmax, ln softmax(x), along an axis, without the overflow and the loss of digits of a logarithm after a softmax.
 *
 * @param x rank 1 or more, float32
 * @param axis the last unless said otherwise; negative ones count from the end
 * @returns the same shape and dtype
 * @throws SW_VALUE when there is no such axis
 * @example
 * const y = logSoftmax(input(["batch", 10])); // Tensor<["batch", 10], "float32">
 */
export function logSoftmax<const S extends Shape, D extends DType, const A extends number = -1>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"logSoftmax", D, "float32">, CheckDefaultAxis<"logSoftmax", S, A, D>>,
  axis?: OrMessage<A, CheckGivenAxis<"logSoftmax", S, A>>,
): Tensor<S, D> {
  return tensorOf(alongAxis(logSoftmaxOp, nodeOf(x, "logSoftmax"), axis as number | undefined));
}
