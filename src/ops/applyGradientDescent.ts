import { array } from "../ir/array.js";
import type { UpdateOpDefinition } from "../ir/op.js";
import { flopsPerElement } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import { arithmetic, elementwise, inferUpdate, updateHasNoGradient } from "./shared/update.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** w := w - η·g. Inputs: w, learning rate, gradient. */
    applyGradientDescent: Record<never, never>;
  }
}

export const applyGradientDescentOp: UpdateOpDefinition<"applyGradientDescent"> = {
  name: "applyGradientDescent",
  words: { formula: () => "w := w - η·g" },
  writes: 1,
  infer: inferUpdate("applyGradientDescent", 0),
  gradient: updateHasNoGradient,
  tensorflow: (t, [w, rate, g]) =>
    t.update("ResourceApplyGradientDescent", [w!, rate!, g!], { T: { type: "float32" } }),
  tfjs(k, [w, rate, g]) {
    const { subtract, multiply, keep } = arithmetic(k);
    return [keep(subtract(w!, multiply(g!, rate!)))];
  },
  reference: ([w, rate, g]) => [elementwise(w!, (i) => w!.data[i]! - rate!.data[0]! * g!.data[i]!)],
  flops: flopsPerElement(2),
  samples: [{ inputs: [ramp([2, 3]), array(new Float32Array([0.1]), []), ramp([2, 3], 4)], attributes: {} }],
};
