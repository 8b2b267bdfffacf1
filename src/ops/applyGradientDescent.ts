import { array } from "../ir/array.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import { flopsPerElement } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import {
  type Arithmetic,
  elementwise,
  inferUpdate,
  plainArithmetic,
  tfjsArithmetic,
  updateRule,
} from "./shared/update.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** w := w - η·g. Inputs: w, learning rate, gradient. */
    applyGradientDescent: Record<never, never>;
  }
}

function rule<T>({ subtract, multiply, keep }: Arithmetic<T>, [w, rate, g]: readonly T[]): T[] {
  return [keep(subtract(w!, multiply(g!, rate!)))];
}

export const applyGradientDescentOp: ResultsOpDefinition<"applyGradientDescent"> = {
  name: "applyGradientDescent",
  words: { formula: () => "w := w - η·g" },
  ...updateRule,
  infer: inferUpdate("applyGradientDescent", 0),
  tfjs: (k, inputs) => rule(tfjsArithmetic(k), inputs),
  inPlace: {
    tensorflow: (t, [w, rate, g]) =>
      t.update("ResourceApplyGradientDescent", [w!, rate!, g!], { T: { type: "float32" } }),
    plain: (b, { inputs }) => rule(plainArithmetic(b), inputs),
  },
  reference: ([w, rate, g]) => [elementwise(w!, (i) => w!.data[i]! - rate!.data[0]! * g!.data[i]!)],
  flops: flopsPerElement(2),
};

export const applyGradientDescentSamples: Samples<"applyGradientDescent"> = () => [
  { inputs: [ramp([2, 3]), array(new Float32Array([0.1]), []), ramp([2, 3], 4)], attributes: {} },
];
