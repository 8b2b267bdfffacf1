import type { Samples } from "../ir/op.js";
import { defineOutputGradient, outputGradientSamples } from "./shared/output-gradient.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy where elu's output is positive, else dy · (output + 1), as eˣ = output + 1 there. Inputs: dy, output. */
    eluGradient: Record<never, never>;
  }
}

export const eluGradientOp = defineOutputGradient<"eluGradient">({
  name: "eluGradient",
  traits: ["keepsFinite"],
  slope: (y) => (y < 0 ? y + 1 : 1),
  slopeGradient: (b, y, product) => b.op("select", [b.op("less", [y, b.scalar(0)]), product, b.scalar(0)]),
  tensorflow: { op: "EluGrad", order: "dy, y" },
  tfjsSlope(k, y) {
    const condition = k.run("Less", { a: y, b: k.tensor([0], [], "float32") });
    const below = k.run("Select", { condition, t: y, e: k.run("ZerosLike", { x: y }) });
    return k.run("Add", { a: below, b: k.tensor([1], [], "float32") });
  },
});

export const eluGradientSamples: Samples<"eluGradient"> = () => outputGradientSamples({});
