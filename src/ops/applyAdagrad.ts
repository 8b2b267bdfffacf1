import { array } from "../ir/array.js";
import type { OpTable } from "../ir/node.js";
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
    /** a := a + g²; w := w - η·g / √(a + ε). Inputs: w, a, learning rate, gradient. */
    applyAdagrad: { readonly epsilon: number };
  }
}

function rule<T>(
  { add, subtract, multiply, divide, square, sqrt, keep }: Arithmetic<T>,
  [w, a, rate, g]: readonly T[],
  { epsilon }: OpTable["applyAdagrad"],
): T[] {
  const accumulator = keep(add(a!, square(g!)));
  const step = divide(multiply(g!, rate!), sqrt(add(accumulator, epsilon)));
  return [keep(subtract(w!, step)), accumulator];
}

export const applyAdagradOp: ResultsOpDefinition<"applyAdagrad"> = {
  name: "applyAdagrad",
  words: {
    formula: () => "a := a + g²; w := w - η·g / √(a + ε)",
    symbols: { a: "accumulator", ε: "epsilon" },
  },
  ...updateRule,
  infer: inferUpdate("applyAdagrad", 1),
  tfjs: (k, inputs, { attributes }) => rule(tfjsArithmetic(k), inputs, attributes),
  inPlace: {
    // TensorFlow's own kernels have no ε, or outside of the root.
    tensorflow(t, [w, a, rate, g], { attributes: { epsilon } }) {
      const [T, dtype] = [{ T: { type: "float32" } }, { dtype: { type: "float32" } }] as const;
      const squares = t.op("Square", [g!], T);
      const accumulator = t.op("AddV2", [t.read("ReadVariableOp", [a!], dtype), squares], T);
      const added = t.update("AssignVariableOp", [a!, accumulator], dtype);
      const root = t.op("Sqrt", [t.op("AddV2", [accumulator, t.constant(epsilon, "float32")], T)], T);
      const step = t.op("RealDiv", [t.op("Mul", [g!, rate!], T), root], T);
      return t.update("AssignSubVariableOp", [w!, t.after(step, added, "float32")], dtype);
    },
    plain: (b, { inputs, attributes }) => rule(plainArithmetic(b), inputs, attributes),
  },
  reference([w, a, rate, g], { attributes: { epsilon } }) {
    const accumulator = elementwise(a!, (i) => a!.data[i]! + g!.data[i]! ** 2);
    const move = (i: number) => (rate!.data[0]! * g!.data[i]!) / Math.sqrt(accumulator.data[i]! + epsilon);
    return [elementwise(w!, (i) => w!.data[i]! - move(i)), accumulator];
  },
  // Two for a, then + ε, root, η·g, quotient, difference.
  flops: flopsPerElement(7),
};

export const applyAdagradSamples: Samples<"applyAdagrad"> = () => [
  {
    inputs: [ramp([2, 3]), positiveRamp([2, 3], 2), array(new Float32Array([0.1]), []), ramp([2, 3], 4)],
    attributes: { epsilon: 1e-7 },
  },
];
