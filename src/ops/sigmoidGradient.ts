import type { Samples } from "../ir/op.js";
import { defineOutputGradient, outputGradientSamples } from "./shared/output-gradient.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy · y · (1 - y) for sigmoid's output y. Inputs: dy, output. */
    sigmoidGradient: Record<never, never>;
  }
}

export const sigmoidGradientOp = defineOutputGradient<"sigmoidGradient">({
  name: "sigmoidGradient",
  traits: ["keepsFinite"],
  slope: (y) => y * (1 - y),
  // 1 - 2y
  slopeGradient: (b, y, product) =>
    b.op("multiply", [product, b.op("subtract", [b.scalar(1), b.op("multiply", [y, b.scalar(2)])])]),
  tensorflow: { op: "SigmoidGrad", order: "y, dy" },
  tfjsSlope: (k, y) => k.run("Multiply", { a: y, b: k.run("Sub", { a: k.tensor([1], [], "float32"), b: y }) }),
});

export const sigmoidGradientSamples: Samples<"sigmoidGradient"> = () => outputGradientSamples({});
