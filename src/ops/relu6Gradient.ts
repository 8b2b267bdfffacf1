import type { Samples } from "../ir/op.js";
import { defineOutputGradient, indicator, outputGradientSamples } from "./shared/output-gradient.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy · 1 where relu6's output is between 0 and 6, else dy · 0. Inputs: dy, output. Made by fusion. */
    relu6Gradient: Record<never, never>;
  }
}

export const relu6GradientOp = defineOutputGradient<"relu6Gradient">({
  name: "relu6Gradient",
  traits: ["keepsFinite"],
  slope: (y) => (y > 0 && y < 6 ? 1 : 0),
  tensorflow: { op: "Relu6Grad", order: "dy, y" },
  tfjsSlope: (k, y) => k.run("Multiply", { a: indicator(k, "Greater", y, 0), b: indicator(k, "Less", y, 6) }),
});

export const relu6GradientSamples: Samples<"relu6Gradient"> = () => outputGradientSamples({}, "a step in the output");
