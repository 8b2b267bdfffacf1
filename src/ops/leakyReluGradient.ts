import type { Samples } from "../ir/op.js";
import { defineOutputGradient, indicator, outputGradientSamples } from "./shared/output-gradient.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy where leakyRelu's output is positive, else alpha · dy. Inputs: dy, output. */
    leakyReluGradient: { readonly alpha: number };
  }
}

export const leakyReluGradientOp = defineOutputGradient<"leakyReluGradient">({
  name: "leakyReluGradient",
  traits: ["keepsFinite"],
  slope: (y, { alpha }) => (y > 0 ? 1 : alpha),
  tensorflow: { op: "LeakyReluGrad", order: "dy, y" },
  tensorflowAttributes: ({ alpha }) => ({ alpha: { float: alpha } }),
  tfjsSlope(k, y, { alpha }) {
    const scalar = (value: number) => k.tensor([value], [], "float32");
    const more = k.run("Multiply", { a: indicator(k, "Greater", y, 0), b: scalar(1 - alpha) });
    return k.run("Add", { a: more, b: scalar(alpha) });
  },
});

export const leakyReluGradientSamples: Samples<"leakyReluGradient"> = () =>
  outputGradientSamples({ alpha: 0.25 }, "a step in the output");
