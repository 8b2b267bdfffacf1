import { elementCount } from "../ir/array.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { oneHotKernels } from "./oneHot.js";
import { checkInRange, checkInRangeOf } from "./shared/in-range.js";
import { labelsInRange, noClass } from "./shared/labels.js";
import { logSoftmax, mapRows } from "./shared/rows.js";
import {
  inferSparse,
  lowerSparse,
  sparseSoftmaxCrossEntropyWithLogitsSamples,
} from "./sparseSoftmaxCrossEntropyWithLogits.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** softmax(logits) - oneHot(labels): the slope of the loss. TensorFlow's kernel gives both at once. */
    sparseSoftmaxCrossEntropyGradient: Record<never, never>;
  }
}

export const sparseSoftmaxCrossEntropyGradientOp: ValueOpDefinition<"sparseSoftmaxCrossEntropyGradient"> = {
  name: "sparseSoftmaxCrossEntropyGradient",
  words: { noun: "slope", formula: ([logits, labels]) => `softmax(${logits}) - oneHot(${labels})` },
  traits: ["keepsFinite"],
  whole: true,
  infer([logits, labels]) {
    inferSparse([logits!, labels!]);
    return logits!;
  },
  gradient({ b, inputs: [logits], dy }) {
    // d softmax = y · (dy - Σ dy·y); the labels are constants
    const y = b.op("softmax", [logits!]);
    const axes = [logits!.rank - 1];
    const total = b.op("sum", [b.op("multiply", [dy, y])], { axes, keepDims: true });
    return [b.op("multiply", [y, b.op("subtract", [dy, total])]), undefined];
  },
  tensorflow(t, inputs, node) {
    const slope = t.output(lowerSparse(t, inputs, node.shape), 1);
    if (node.rank === 2) return slope;
    return t.reshape(slope, node.shape);
  },
  tfjs(k, [logits, labels]) {
    const classes = logits!.shape.at(-1)!;
    checkInRangeOf(k, labels!, classes, noClass);
    const probabilities = k.run("Softmax", { logits: logits! }, { dim: logits!.shape.length - 1 });
    return k.run("Sub", { a: probabilities, b: oneHotKernels(k, labels!, classes) });
  },
  reference([logits, labels], { shape }) {
    checkInRange(labels!.data, shape.at(-1)!, noClass);
    return mapRows(logits!, (row, i) => logSoftmax(row).map((log, j) => Math.exp(log) - Number(labels!.data[i] === j)));
  },
  // Softmax, and one difference a row.
  flops: ({ inputs: [logits, labels] }) => 5 * elementCount(logits!) + elementCount(labels!),
  inRange: labelsInRange,
};

export const sparseSoftmaxCrossEntropyGradientSamples: Samples<"sparseSoftmaxCrossEntropyGradient"> = () =>
  sparseSoftmaxCrossEntropyWithLogitsSamples().map(({ inputs }) => ({ inputs, attributes: {} }));
