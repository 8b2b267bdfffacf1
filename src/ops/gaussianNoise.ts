import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { ramp } from "./shared/ramp.js";
import { defineTrainingOnly } from "./shared/training-only.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The identity, which is what noise is in prediction; in training, a sum with normal numbers of that standard deviation. */
    gaussianNoise: { readonly stddev: number };
  }
}

export const gaussianNoiseOp: ValueOpDefinition<"gaussianNoise"> = defineTrainingOnly<"gaussianNoise">({
  name: "gaussianNoise",
  // x + stddev · n, for normal numbers n.
  training({ b, node: { shape, attributes }, inputs: [x], key }) {
    if (attributes.stddev === 0) return undefined;
    const noise = b.op("multiply", [b.op("randomNormal", [key()], { shape }), b.scalar(attributes.stddev)]);
    return { results: [b.op("add", [x!, noise])] };
  },
});

export const gaussianNoiseSamples: Samples<"gaussianNoise"> = () => [
  { inputs: [ramp([2, 3])], attributes: { stddev: 0.5 } },
];
