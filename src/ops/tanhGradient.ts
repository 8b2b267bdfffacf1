import type { Samples } from "../ir/op.js";
import { defineOutputGradient, outputGradientSamples } from "./shared/output-gradient.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy · (1 - y²) for tanh's output y. Inputs: dy, output. */
    tanhGradient: Record<never, never>;
  }
}

export const tanhGradientOp = defineOutputGradient<"tanhGradient">({
  name: "tanhGradient",
  traits: ["keepsFinite"],
  slope: (y) => 1 - y * y,
  slopeGradient: (b, y, product) => b.op("multiply", [product, b.op("multiply", [y, b.scalar(-2)])]),
  tensorflow: { op: "TanhGrad", order: "y, dy" },
  tfjsSlope(k, y) {
    return k.run("Sub", { a: k.tensor([1], [], "float32"), b: k.run("Multiply", { a: y, b: y }) });
  },
});

export const tanhGradientSamples: Samples<"tanhGradient"> = () => outputGradientSamples({});
