import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { ramp } from "./shared/ramp.js";
import { defineTrainingOnly } from "./shared/training-only.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The identity, which is what it is in prediction; in training, a product with normal numbers around 1. */
    gaussianDropout: { readonly rate: number };
  }
}

export const gaussianDropoutOp: ValueOpDefinition<"gaussianDropout"> = defineTrainingOnly<"gaussianDropout">({
  name: "gaussianDropout",
  // x · (1 + √(rate / (1 - rate)) · n), for normal numbers n.
  training({ b, node: { shape, attributes }, inputs: [x], key }) {
    const { rate } = attributes;
    if (rate === 0) return undefined;
    const deviation = b.scalar(Math.sqrt(rate / (1 - rate)));
    const noise = b.op("multiply", [b.op("randomNormal", [key()], { shape }), deviation]);
    return { results: [b.op("multiply", [x!, b.op("add", [noise, b.scalar(1)])])] };
  },
});

export const gaussianDropoutSamples: Samples<"gaussianDropout"> = () => [
  { inputs: [ramp([2, 3])], attributes: { rate: 0.5 } },
];
