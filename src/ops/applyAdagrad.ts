import { array } from "../ir/array.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import { flopsPerElement } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";
import {
  type Arithmetic,
  elementwise,
  inferUpdate,
  plainArithmetic,
  positiveRamp,
  tfjsArithmetic,
  updateRule,
} from "./shared/update.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** a := a + g²; w := w - η·g / √a. Inputs: w, a, learning rate, gradient. */
    applyAdagrad: Record<never, never>;
  }
}

function rule<T>(
  { add, subtract, multiply, divide, square, sqrt, keep }: Arithmetic<T>,
  [w, a, rate, g]: readonly T[],
): T[] {
  const accumulator = keep(add(a!, square(g!)));
  const step = divide(multiply(g!, rate!), sqrt(accumulator));
  return [keep(subtract(w!, step)), accumulator];
}

export const applyAdagradOp: ResultsOpDefinition<"applyAdagrad"> = {
  name: "applyAdagrad",
  words: {
    formula: () => "a := a + g²; w := w - η·g / √a",
    symbols: { a: "accumulator" },
  },
  ...updateRule,
  infer: inferUpdate("applyAdagrad", 1),
  tfjs: (k, inputs) => rule(tfjsArithmetic(k), inputs),
  inPlace: {
    tensorflow: (t, [w, a, rate, g]) =>
      t.update("ResourceApplyAdagrad", [w!, a!, rate!, g!], { T: { type: "float32" } }),
    plain: (b, { inputs }) => rule(plainArithmetic(b), inputs),
  },
  reference([w, a, rate, g]) {
    const accumulator = elementwise(a!, (i) => a!.data[i]! + g!.data[i]! ** 2);
    const move = (i: number) => (rate!.data[0]! * g!.data[i]!) / Math.sqrt(accumulator.data[i]!);
    return [elementwise(w!, (i) => w!.data[i]! - move(i)), accumulator];
  },
  // Two for a, then root, η·g, quotient, difference.
  flops: flopsPerElement(6),
};

export const applyAdagradSamples: Samples<"applyAdagrad"> = () => [
  {
    inputs: [ramp([2, 3]), positiveRamp([2, 3], 2), array(new Float32Array([0.1]), []), ramp([2, 3], 4)],
    attributes: {},
  },
];
