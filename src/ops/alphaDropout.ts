import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { ramp } from "./shared/ramp.js";
import { defineTrainingOnly } from "./shared/training-only.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The identity, which is what it is in prediction; in training, some elements become what selu gives of -∞. */
    alphaDropout: { readonly rate: number };
  }
}

/** What selu comes near to for small numbers: -α · λ, of its two constants. */
const least = -1.6732632423543772 * 1.0507009873554805;

export const alphaDropoutOp: ValueOpDefinition<"alphaDropout"> = defineTrainingOnly<"alphaDropout">({
  name: "alphaDropout",
  // a · (u ≥ rate ? x : α') + b, for uniform numbers u, α' = -α · λ, a = ((1 - rate) · (1 + rate · α'²))^-½ and b = -a · α' · rate:
  // of numbers with mean 0 and variance 1, both stay.
  training({ b, node: { shape, attributes }, inputs: [x], key }) {
    const { rate } = attributes;
    if (rate === 0) return undefined;
    const factor = 1 / Math.sqrt((1 - rate) * (1 + rate * least ** 2));
    const kept = b.op("greaterEqual", [b.op("randomUniform", [key()], { shape }), b.scalar(rate)]);
    const mixed = b.op("select", [kept, x!, b.scalar(least)]);
    const scaled = b.op("multiply", [mixed, b.scalar(factor)]);
    return { results: [b.op("add", [scaled, b.scalar(-factor * least * rate)])] };
  },
});

export const alphaDropoutSamples: Samples<"alphaDropout"> = () => [
  { inputs: [ramp([2, 3])], attributes: { rate: 0.5 } },
];
