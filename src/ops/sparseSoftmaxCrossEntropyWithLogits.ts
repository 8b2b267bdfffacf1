import { array, elementCount, generate } from "../ir/array.js";
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
import { oneHotKernels } from "./oneHot.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { checkInRange, checkInRangeOf } from "./shared/in-range.js";
import { labelsInRange, noClass } from "./shared/labels.js";
import { logSoftmaxKernels } from "./shared/last-axis.js";
import { ramp } from "./shared/ramp.js";
import { logSoftmax, rowOf } from "./shared/rows.js";

declare module "../ir/node.js" {
  interface OpTable {
    sparseSoftmaxCrossEntropyWithLogits: Record<never, never>;
  }
}

const name = "sparseSoftmaxCrossEntropyWithLogits";

export const labelsUnlikeRows = "{op}: logits {a} take labels {wanted}, got {b}";

/** `unknown` where there is one label per row of logits, else the message. */
export type CheckLabels<B extends Shape, N extends Dim, L extends Shape> =
  CompatibleShapes<B, L> extends true
    ? unknown
    : Message<typeof labelsUnlikeRows, { op: typeof name; a: Show<[...B, N]>; wanted: Show<B>; b: Show<L> }>;

/** The rule for the shapes of logits and labels, shared with the gradient's op. */
export function inferSparse([logits, labels]: readonly Signature[]): void {
  refuse("SW_DTYPE", name, checkDType(name, logits!.dtype, ["float32"]) ?? checkDType(name, labels!.dtype, ["int32"]));
  const rows = logits!.shape.slice(0, -1);
  if (logits!.shape.length === 0 || !sameShape(rows, labels!.shape)) {
    const shapes = { a: show(logits!.shape), wanted: show(rows), b: show(labels!.shape) };
    refuse("SW_SHAPE", name, fill(labelsUnlikeRows, { op: name, ...shapes }));
  }
}

/** TensorFlow's kernel, for matrices only; output 0 is the loss, output 1 its gradient. */
export function lowerSparse(t: TensorflowLowering, [logits, labels]: readonly TensorRef[], shape: readonly Dim[]) {
  const rows = t.product(shape.slice(0, -1));
  const matrix = shape.length === 2;
  return t.op(
    "SparseSoftmaxCrossEntropyWithLogits",
    [
      matrix ? logits! : t.reshape(logits!, [rows, shape.at(-1)!]),
      matrix ? labels! : t.reshape(labels!, [rows], "int32"),
    ],
    { T: { type: "float32" }, Tlabels: { type: "int32" } },
    2,
  );
}

export const sparseSoftmaxCrossEntropyWithLogitsOp: ValueOpDefinition<typeof name> = {
  name,
  words: { noun: "losses", formula: ([logits, labels]) => `-ln softmax(${logits})[${labels}]` },
  traits: ["keepsFinite"],
  whole: true,
  infer([logits, labels]) {
    inferSparse([logits!, labels!]);
    return { shape: labels!.shape, dtype: "float32" };
  },
  gradient({ b, inputs: [logits, labels], dy }) {
    // d = dy · (softmax(logits) - oneHot(labels))
    const perRow = b.op("reshape", [dy], { shape: [...dy.shape, 1] });
    const slope = b.op("sparseSoftmaxCrossEntropyGradient", [logits!, labels!]);
    return [b.op("multiply", [slope, perRow]), undefined];
  },
  tensorflow(t, inputs, node) {
    const loss = lowerSparse(t, inputs, node.inputs[0]!.shape);
    if (node.rank === 1) return loss;
    return t.reshape(loss, node.shape);
  },
  tfjs(k, [logits, labels]) {
    checkInRangeOf(k, labels!, logits!.shape.at(-1)!, noClass);
    // Chosen, not multiplied by 0 and 1: what is masked by -∞ would make NaN of 0.
    const logs = logSoftmaxKernels(k, logits!);
    const rows = oneHotKernels(k, labels!, logits!.shape.at(-1)!);
    const condition = k.run("Greater", { a: rows, b: k.tensor([0], [], "float32") });
    const chosen = k.run("Select", { condition, t: logs, e: k.run("ZerosLike", { x: logs }) });
    return k.run("Neg", { x: k.run("Sum", { x: chosen }, { axis: [chosen.shape.length - 1], keepDims: false }) });
  },
  reference([logits, labels], { shape }) {
    checkInRange(labels!.data, logits!.shape.at(-1)!, noClass);
    return generate(shape, "float32", (i) => -logSoftmax(rowOf(logits!, i))[labels!.data[i]!]!);
  },
  // Maximum, difference, exponential, sum; then a logarithm and a difference a row.
  flops: ({ inputs: [logits, labels] }) => 4 * elementCount(logits!) + 2 * elementCount(labels!),
  inRange: labelsInRange,
};

export const sparseSoftmaxCrossEntropyWithLogitsSamples: Samples<"sparseSoftmaxCrossEntropyWithLogits"> = () => [
  { inputs: [ramp([3, 4]), array(new Int32Array([0, 3, 1]), [3])], attributes: {} },
  { inputs: [ramp([2, 2, 3]), array(new Int32Array([0, 2, 1, 1]), [2, 2])], attributes: {} },
  { inputs: [ramp([3]), array(new Int32Array([2]), [])], attributes: {} },
];

/**
 * The cross-entropy of classes, -ln softmax(logits)[label] for every row of logits: the loss of a classifier whose labels are class numbers.
 * Computed without overflow, from the logits.
 *
 * @param logits [..., classes], float32
 * @param labels [...], int32, from 0 to classes - 1; computed labels too are checked, when the program runs (SW_DATA)
 * @returns [...], float32
 * @throws SW_SHAPE when the labels are not one for each row; SW_DTYPE when logits are not float32, or labels not int32
 * @example
 * const loss = mean(sparseSoftmaxCrossEntropyWithLogits(input(["batch", 10]), input(["batch"], "int32")));
 */
export function sparseSoftmaxCrossEntropyWithLogits<
  const B extends Shape,
  const N extends Dim,
  D extends DType,
  const L extends Shape,
  E extends DType,
>(
  logits: Tensor<[...B, N], D> & CheckDType<typeof name, D, "float32">,
  labels: Tensor<L, E> & FirstMessage<CheckDType<typeof name, E, "int32">, CheckLabels<B, N, L>>,
): Tensor<Batched<B, [], D>> {
  return tensorOf(makeNode(sparseSoftmaxCrossEntropyWithLogitsOp, [nodeOf(logits, name), nodeOf(labels, name)], {}));
}
