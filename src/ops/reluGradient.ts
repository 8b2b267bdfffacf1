import type { Samples } from "../ir/op.js";
import { defineMaskedGradient } from "./shared/masked-gradient.js";
import { outputGradientSamples } from "./shared/output-gradient.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy where the relu's output is positive, else 0. Inputs: dy, output. Made by fusion. */
    reluGradient: Record<never, never>;
  }
}

export const reluGradientOp = defineMaskedGradient<"reluGradient">({
  name: "reluGradient",
  words: { noun: "masked", formula: ([dy, y]) => `${dy} where ${y} > 0, else 0` },
});

export const reluGradientSamples: Samples<"reluGradient"> = () => outputGradientSamples({}, "a step in the output");
