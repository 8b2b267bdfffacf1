import { generate } from "../ir/array.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { flopsPerElement } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** dy where the relu's output is positive, else 0, in one kernel. Inputs: dy, output. Made by fusion. */
    reluGradient: Record<never, never>;
  }
}

export const reluGradientOp: ValueOpDefinition<"reluGradient"> = {
  name: "reluGradient",
  infer: ([dy]) => dy!,
  // Linear in dy; the output only says where.
  gradient: ({ b, inputs: [, output], dy }) => [b.op("reluGradient", [dy, output!]), undefined],
  tensorflow: (t, [dy, output]) => t.op("ReluGrad", [dy!, output!], { T: { type: "float32" } }),
  tfjs(k, [dy, output]) {
    const zero = k.tensor([0], [], "float32");
    const positive = k.run("Cast", { x: k.run("Greater", { a: output!, b: zero }) }, { dtype: "float32" });
    return k.run("Multiply", { a: dy!, b: positive });
  },
  reference: ([dy, output], { shape }) => generate(shape, "float32", (i) => (output!.data[i]! > 0 ? dy!.data[i]! : 0)),
  flops: flopsPerElement(1),
  samples: [{ inputs: [ramp([2, 3]), ramp([2, 3], 4)], attributes: {}, notSmooth: "a step in the output" }],
};
