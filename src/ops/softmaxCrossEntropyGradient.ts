import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { flopsPerElement } from "./shared/flops.js";
import { logSoftmax, mapRows, rowOf } from "./shared/rows.js";
import { inferDense, lowerDense, softmaxCrossEntropyWithLogitsSamples } from "./softmaxCrossEntropyWithLogits.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** softmax(logits) - labels: the slope of the loss. TensorFlow's kernel gives both at once. */
    softmaxCrossEntropyGradient: Record<never, never>;
  }
}

export const softmaxCrossEntropyGradientOp: ValueOpDefinition<"softmaxCrossEntropyGradient"> = {
  name: "softmaxCrossEntropyGradient",
  words: { noun: "slope", formula: ([logits, labels]) => `softmax(${logits}) - ${labels}` },
  traits: ["keepsFinite"],
  whole: true,
  infer([logits, labels]) {
    inferDense("softmaxCrossEntropyGradient", [logits!, labels!]);
    return logits!;
  },
  gradient({ b, inputs: [logits], dy }) {
    // d softmax = y · (dy - Σ dy·y); d labels = -dy
    const y = b.op("softmax", [logits!]);
    const total = b.op("sum", [b.op("multiply", [dy, y])], { axes: [logits!.rank - 1], keepDims: true });
    return [b.op("multiply", [y, b.op("subtract", [dy, total])]), b.op("neg", [dy])];
  },
  tensorflow(t, inputs, node) {
    const slope = t.output(lowerDense(t, inputs, node.shape), 1);
    if (node.rank === 2) return slope;
    return t.reshape(slope, node.shape);
  },
  tfjs: (k, [logits, labels]) =>
    k.run("Sub", { a: k.run("Softmax", { logits: logits! }, { dim: logits!.shape.length - 1 }), b: labels! }),
  reference: ([logits, labels]) =>
    mapRows(logits!, (row, i) => logSoftmax(row).map((log, j) => Math.exp(log) - rowOf(labels!, i)[j]!)),
  // Softmax, and the difference.
  flops: flopsPerElement(6),
};

export const softmaxCrossEntropyGradientSamples: Samples<"softmaxCrossEntropyGradient"> = () =>
  softmaxCrossEntropyWithLogitsSamples().map(({ inputs }) => ({ inputs, attributes: {} }));
