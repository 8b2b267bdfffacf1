import type { Samples } from "../ir/op.js";
import { defineOutputGradient, indicator, outputGradientSamples } from "./shared/output-gradient.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy · 1 where the relu's output is positive, else dy · 0. Inputs: dy, output. Made by fusion. */
    reluGradient: Record<never, never>;
  }
}

export const reluGradientOp = defineOutputGradient<"reluGradient">({
  name: "reluGradient",
  words: { noun: "masked", formula: ([dy, y]) => `${dy} where ${y} > 0, else 0` },
  traits: ["keepsFinite"],
  slope: (y) => (y > 0 ? 1 : 0),
  tensorflow: { op: "ReluGrad", order: "dy, y" },
  tfjsSlope: (k, y) => indicator(k, "Greater", y, 0),
});

export const reluGradientSamples: Samples<"reluGradient"> = () => outputGradientSamples({}, "a step in the output");
