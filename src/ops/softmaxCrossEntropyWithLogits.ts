import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, Signature, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { TensorflowLowering, TensorRef } from "../ir/tensorflow-lowering.js";
import type { CompatibleShapes } from "../types/compatible.js";
import type { Batched, Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { sameShape } from "../types/same-shape.js";
import { type Show, show } from "../types/show.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { flopsPerInputElement } from "./shared/flops.js";
import { checkLastAxis, logSoftmaxKernels } from "./shared/last-axis.js";
import { ramp } from "./shared/ramp.js";
import { logSoftmax, rowOf } from "./shared/rows.js";

declare module "../ir/node.js" {
  interface OpTable {
    softmaxCrossEntropyWithLogits: Record<never, never>;
  }
}

const name = "softmaxCrossEntropyWithLogits";

export const labelsUnlikeLogits = "{op}: logits {a} take labels of the same shape, got {b}";

/** `unknown` where logits and labels have one shape, else the message. */
export type CheckSameShape<Op extends string, A extends Shape, B extends Shape> =
  CompatibleShapes<A, B> extends true
    ? unknown
    : Message<typeof labelsUnlikeLogits, { op: Op; a: Show<A>; b: Show<B> }>;

/** The rule for logits and labels of one shape, for `op`. */
export function inferDense(op: string, [logits, labels]: readonly Signature[]): void {
  refuse("SW_DTYPE", op, checkDType(op, logits!.dtype, ["float32"]) ?? checkDType(op, labels!.dtype, ["float32"]));
  if (!sameShape(logits!.shape, labels!.shape)) {
    refuse("SW_SHAPE", op, fill(labelsUnlikeLogits, { op, a: show(logits!.shape), b: show(labels!.shape) }));
  }
}

/** TensorFlow's kernel, for matrices only; output 0 is the loss, output 1 its gradient. */
export function lowerDense(t: TensorflowLowering, [logits, labels]: readonly TensorRef[], shape: readonly Dim[]) {
  const as = (x: TensorRef) => (shape.length === 2 ? x : t.reshape(x, [t.product(shape.slice(0, -1)), shape.at(-1)!]));
  return t.op("SoftmaxCrossEntropyWithLogits", [as(logits!), as(labels!)], { T: { type: "float32" } }, 2);
}

export const softmaxCrossEntropyWithLogitsOp: ValueOpDefinition<typeof name> = {
  name,
  words: { noun: "losses", formula: ([logits, labels]) => `-Σ ${labels} · ln softmax(${logits})` },
  traits: ["keepsFinite"],
  whole: true,
  infer([logits, labels]) {
    inferDense(name, [logits!, labels!]);
    refuse("SW_SHAPE", name, checkLastAxis(name, logits!.shape));
    return { shape: logits!.shape.slice(0, -1), dtype: "float32" };
  },
  gradient({ b, inputs: [logits, labels], dy }) {
    // d logits = dy · (softmax(logits) - labels), as rows of labels sum to 1; d labels = -dy · logSoftmax(logits)
    const perRow = b.op("reshape", [dy], { shape: [...dy.shape, 1] });
    const slope = b.op("softmaxCrossEntropyGradient", [logits!, labels!]);
    return [
      b.op("multiply", [slope, perRow]),
      b.op("neg", [b.op("multiply", [b.op("logSoftmax", [logits!]), perRow])]),
    ];
  },
  tensorflow(t, inputs, node) {
    const loss = lowerDense(t, inputs, node.inputs[0]!.shape);
    if (node.rank === 1) return loss;
    return t.reshape(loss, node.shape);
  },
  tfjs(k, [logits, labels]) {
    const weighted = k.run("Multiply", { a: logSoftmaxKernels(k, logits!), b: labels! });
    return k.run("Neg", { x: k.run("Sum", { x: weighted }, { axis: [weighted.shape.length - 1], keepDims: false }) });
  },
  reference([logits, labels], { shape }) {
    return generate(shape, "float32", (i) =>
      logSoftmax(rowOf(logits!, i)).reduce((sum, log, j) => sum - rowOf(labels!, i)[j]! * log, 0),
    );
  },
  // Maximum, difference, exponential, sum; then difference, product, sum.
  flops: flopsPerInputElement(7),
};

export const softmaxCrossEntropyWithLogitsSamples: Samples<"softmaxCrossEntropyWithLogits"> = () => [
  {
    inputs: [ramp([2, 3]), array(new Float32Array([0.2, 0.3, 0.5, 1, 0, 0]), [2, 3])],
    attributes: {},
    notSmooth: "labels off the simplex: the gradient holds for rows that sum to 1",
  },
  {
    inputs: [ramp([1, 2, 2]), array(new Float32Array([0, 1, 0.5, 0.5]), [1, 2, 2])],
    attributes: {},
    notSmooth: "likewise",
  },
];

/**
 * The cross-entropy of classes, -Σ labels · ln softmax(logits) for every row: the loss of a classifier whose labels are distributions.
 *
 * @param logits [..., classes], float32
 * @param labels the same shape, float32; each row sums to 1
 * @returns [...], float32
 * @throws SW_SHAPE when the labels have another shape, or there is no axis of classes; SW_DTYPE when either is not float32
 * @example
 * const loss = mean(softmaxCrossEntropyWithLogits(input(["batch", 10]), input(["batch", 10])));
 */
export function softmaxCrossEntropyWithLogits<
  const B extends Shape,
  const N extends Dim,
  D extends DType,
  const L extends Shape,
  E extends DType,
>(
  logits: Tensor<[...B, N], D> & CheckDType<typeof name, D, "float32">,
  labels: Tensor<L, E> & FirstMessage<CheckDType<typeof name, E, "float32">, CheckSameShape<typeof name, [...B, N], L>>,
): Tensor<Batched<B, [], D>> {
  return tensorOf(makeNode(softmaxCrossEntropyWithLogitsOp, [nodeOf(logits, name), nodeOf(labels, name)], {}));
}
