import type { Samples } from "../ir/op.js";
import { defineMaskedGradient } from "./shared/masked-gradient.js";
import { outputGradientSamples } from "./shared/output-gradient.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy where relu6's output is between 0 and 6, else 0. Inputs: dy, output. Made by fusion. */
    relu6Gradient: Record<never, never>;
  }
}

export const relu6GradientOp = defineMaskedGradient<"relu6Gradient">({
  name: "relu6Gradient",
  words: { noun: "masked", formula: ([dy, y]) => `${dy} where 0 < ${y} < 6, else 0` },
  below: 6,
});

export const relu6GradientSamples: Samples<"relu6Gradient"> = () => outputGradientSamples({}, "a step in the output");
