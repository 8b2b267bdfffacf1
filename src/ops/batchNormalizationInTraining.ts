import { array, generate } from "../ir/array.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import {
  asImages,
  axesOf,
  channelwise,
  checkNormalized,
  type Epsilon,
  fusedBatchNorm,
  normalizedByTfjs,
  rowsOf,
  sumsOf,
} from "./shared/batch-norm.js";
import { flopsPerElement } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * γ · (x - mean) / √(variance + ε) + β, for the mean and the variance of each channel over the batch. Inputs: x, γ, β. Results:
     * that, the mean, the variance (of all that is there: divided by its number).
     */
    batchNormalizationInTraining: Epsilon;
  }
}

export const batchNormalizationInTrainingOp: ResultsOpDefinition<"batchNormalizationInTraining"> = {
  name: "batchNormalizationInTraining",
  several: true,
  traits: ["keepsFinite"],
  words: {
    results: ["normalized", "mean_of", "variance_of"],
    formula: ([x, gamma, beta], { epsilon }) =>
      `${gamma} · (${x} - mean) / √(variance + ${epsilon}) + ${beta}; mean and variance of ${x}`,
  },
  infer([x, ...vectors]) {
    checkNormalized("batchNormalizationInTraining", x!, vectors);
    const statistic = { shape: x!.shape.slice(-1), dtype: x!.dtype };
    return [x!, statistic, statistic];
  },
  gradient({ b, node, inputs: [x, gamma], dys: [dy, dMean, dVariance] }) {
    // Through y: see batchNormalizationGradient. dx of the mean is dμ / n, that of the variance dv · 2 · (x - μ) / n
    const { plus, minus, times, over, count } = channelwise(b, x!);
    const [, mean, variance] = b.results(node);
    const through = dy
      ? b.results(b.op("batchNormalizationGradient", [dy, x!, gamma!, mean!, variance!], node.attributes))
      : [];
    const twice = b.scalar(2);
    const shares = [
      ...through.slice(0, 1),
      ...(dMean ? [over(dMean, count)] : []),
      ...(dVariance ? [times(minus(x!, mean!), over(times(dVariance, twice), count))] : []),
    ];
    return [shares.length > 0 ? shares.reduce(plus) : undefined, through[1], through[2]];
  },
  tensorflow(t, [x, gamma, beta], { shape, attributes }) {
    const none = t.constant([], "float32");
    const y = fusedBatchNorm(t, [asImages(t, x!, shape), gamma!, beta!, none, none], attributes, true);
    // TensorFlow fuses a relu of any of its outputs as if it were one of the first.
    const channels = (output: number) => t.op("Snapshot", [t.output(y, output)], { T: { type: "float32" } });
    // Its third output is divided by one less than their number; the one that is kept for the gradient is not.
    return [shape.length === 4 ? y : t.reshape(y, shape), channels(1), channels(4)];
  },
  tfjs(k, [x, gamma, beta], { attributes }) {
    const rows = k.reshape(x!, [rowsOf(x!), x!.shape.at(-1)!]);
    const over = { axis: axesOf(rows), keepDims: false };
    const mean = k.run("Mean", { x: rows }, over);
    const centred = k.run("Sub", { a: rows, b: mean });
    const squared = k.run("Multiply", { a: centred, b: centred });
    k.release(centred);
    const variance = k.run("Mean", { x: squared }, over);
    k.release(squared);
    return [normalizedByTfjs(k, [x!, gamma!, beta!, mean, variance], attributes), mean, variance];
  },
  reference([x, gamma, beta], { attributes: { epsilon } }) {
    const [values, channels, rows] = [x!.data as Float32Array, x!.shape.at(-1)!, rowsOf(x!)];
    const mean = sumsOf(x!, (i) => values[i]! / rows);
    const variance = sumsOf(x!, (i, channel) => (values[i]! - mean[channel]!) ** 2 / rows);
    const y = generate(x!.shape, "float32", (i) => {
      const c = i % channels;
      const normal = (values[i]! - mean[c]!) / Math.sqrt(variance[c]! + epsilon);
      return (gamma!.data[c]! as number) * normal + (beta!.data[c]! as number);
    });
    return [y, ...[mean, variance].map((numbers) => array(Float32Array.from(numbers), [channels]))];
  },
  // One for the mean, three for the variance, three for what is normalized.
  flops: flopsPerElement(7),
};

export const batchNormalizationInTrainingSamples: Samples<"batchNormalizationInTraining"> = () =>
  [
    [4, 3],
    [2, 3, 2],
    [2, 2, 2, 3],
  ].map((shape) => ({
    inputs: [ramp(shape), ramp([shape.at(-1)!], 1), ramp([shape.at(-1)!], 2)],
    attributes: { epsilon: 1e-3 },
  }));
