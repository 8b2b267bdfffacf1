import { generate } from "../ir/array.js";
import type { Node } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { asImages, channelwise, checkNormalized, fusedBatchNorm, normalizedByTfjs } from "./shared/batch-norm.js";
import { flopsPerElement } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import { positiveRamp } from "./shared/update.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * γ · (x - mean) / √(variance + ε) + β, with a number of each for each channel, which is the last axis. Inputs: x, γ, β, mean,
     * variance. In training, mean and variance are those of the batch, and the inputs, which are variables, move towards them.
     */
    batchNormalization: {
      readonly epsilon: number;
      /** The share of a moving statistic that stays in each step. */
      readonly momentum: number;
      /** Whether training leaves it as it is in prediction. */
      readonly frozen?: true;
    };
  }
}

export const batchNormalizationOp: ValueOpDefinition<"batchNormalization"> = {
  name: "batchNormalization",
  trainingAlone: ["momentum", "frozen"],
  words: {
    noun: "normalized",
    formula: ([x, gamma, beta, mean, variance], { epsilon }) =>
      `${gamma} · (${x} - ${mean}) / √(${variance} + ${epsilon}) + ${beta}`,
  },
  infer([x, ...vectors]) {
    checkNormalized("batchNormalization", x!, vectors);
    return x!;
  },
  training({ b, node: { attributes, inputs: before }, inputs: [x, gamma, beta], current }) {
    const { epsilon, momentum, frozen } = attributes;
    if (frozen) return undefined;
    const training = b.op("batchNormalizationInTraining", [x!, gamma!, beta!], { epsilon });
    const [y, ...statistics] = b.results(training);
    // s := m · s + (1 - m) · batch's
    const moved = (variable: Node, batch: Node) =>
      b.op("add", [
        b.op("multiply", [current(variable), b.scalar(momentum)]),
        b.op("multiply", [batch, b.scalar(1 - momentum)]),
      ]);
    return {
      results: [y!],
      nextValues: () => statistics.map((batch, i) => [before[3 + i]!, moved(before[3 + i]!, batch)] as const),
    };
  },
  gradient({ b, inputs: [x, gamma, , mean, variance], node: { attributes }, dy }) {
    // For i = 1 / √(v + ε) and k = γ · i: dx = k · dy, dγ = (x - μ) · i · dy, dβ = dy, dμ = -k · dy, dv = -½ · k · i² · (x - μ) · dy
    const { minus, times, inverse } = channelwise(b, x!);
    const i = inverse(variance!, attributes.epsilon);
    const [centred, scaled] = [minus(x!, mean!), times(dy, gamma!, i)];
    return [
      scaled,
      times(centred, i, dy),
      dy,
      b.op("neg", [scaled]),
      times(centred, scaled, b.op("multiply", [b.op("square", [i]), b.scalar(-0.5)])),
    ];
  },
  tensorflow(t, [x, ...vectors], { shape, attributes }) {
    const y = fusedBatchNorm(t, [asImages(t, x!, shape), ...vectors], attributes, false);
    return shape.length === 4 ? y : t.reshape(y, shape);
  },
  tfjs: (k, inputs, { attributes }) => normalizedByTfjs(k, inputs, attributes),
  reference: ([x, gamma, beta, mean, variance], { shape, attributes: { epsilon } }) =>
    generate(shape, "float32", (i) => {
      const channel = i % shape.at(-1)!;
      const deviation = Math.sqrt((variance!.data[channel]! as number) + epsilon);
      return (
        ((gamma!.data[channel]! as number) * ((x!.data[i]! as number) - (mean!.data[channel]! as number))) / deviation +
        (beta!.data[channel]! as number)
      );
    }),
  // A difference, a product and a sum; what is computed once for a channel is not counted.
  flops: flopsPerElement(3),
};

export const batchNormalizationSamples: Samples<"batchNormalization"> = () =>
  [
    [4, 3],
    [2, 3, 2],
    [2, 2, 2, 3],
    [2, 1, 2, 2, 2],
  ].map((shape) => ({
    inputs: [ramp(shape), ...[1, 2, 3].map((i) => ramp([shape.at(-1)!], i)), positiveRamp([shape.at(-1)!], 4)],
    attributes: { epsilon: 1e-3, momentum: 0.99 },
  }));
