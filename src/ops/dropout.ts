import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { ramp } from "./shared/ramp.js";
import { defineTrainingOnly } from "./shared/training-only.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * The identity, which is what dropout is in prediction; in training, a product with a random mask.
     */
    dropout: {
      readonly rate: number;
      /** Axes whose places are kept or set to zero together: none, unless said otherwise. */
      readonly together?: readonly number[];
    };
  }
}

export const dropoutOp: ValueOpDefinition<"dropout"> = defineTrainingOnly<"dropout">({
  name: "dropout",
  check: ({ rate }) =>
    rate >= 0 && rate < 1 ? undefined : `dropout: rate ${rate} is not between 0 and 1 (1 not included)`,
  // x · (u ≥ rate ? 1 / (1 - rate) : 0), for uniform numbers u.
  training({ b, node: { shape, attributes }, inputs: [x], key }) {
    const { rate, together } = attributes;
    if (rate === 0) return undefined;
    const drawn = together ? shape.map((dim, axis) => (together.includes(axis) ? 1 : dim)) : shape;
    const kept = b.op("greaterEqual", [b.op("randomUniform", [key()], { shape: drawn }), b.scalar(rate)]);
    const mask = b.op("multiply", [b.op("cast", [kept], { dtype: "float32" }), b.scalar(1 / (1 - rate))]);
    return { results: [b.op("multiply", [x!, mask])] };
  },
});

export const dropoutSamples: Samples<"dropout"> = () => [{ inputs: [ramp([2, 3])], attributes: { rate: 0.5 } }];
