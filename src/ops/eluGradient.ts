import { defineOutputGradient, indicator } from "./shared/output-gradient.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy where elu's output is positive, else dy · (output + 1), as eˣ = output + 1 there. Inputs: dy, output. */
    eluGradient: Record<never, never>;
  }
}

export const eluGradientOp = defineOutputGradient<"eluGradient">({
  name: "eluGradient",
  traits: ["keepsFinite"],
  slope: (y) => Math.min(y, 0) + 1,
  slopeGradient: (b, y) => b.op("cast", [b.op("less", [y, b.scalar(0)])], { dtype: "float32" }),
  tensorflow: { op: "EluGrad", order: "dy, y" },
  tfjsSlope(k, y) {
    const below = k.run("Multiply", { a: y, b: indicator(k, "Less", y, 0) });
    return k.run("Add", { a: below, b: k.tensor([1], [], "float32") });
  },
  attributes: {},
});
