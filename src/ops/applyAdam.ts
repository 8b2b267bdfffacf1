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
    /**
     * m := β₁·m + (1 - β₁)·g; v := β₂·v + (1 - β₂)·g²; w := w - η·√(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε).
     * Inputs: w, m, v, the number of steps before this one (int32, so t is one more), learning rate, gradient.
     */
    applyAdam: { readonly beta1: number; readonly beta2: number; readonly epsilon: number };
  }
}

/** `scale` is η·√(1 - β₂ᵗ) / (1 - β₁ᵗ). */
function rule<T>(
  { add, subtract, multiply, divide, square, sqrt, keep }: Arithmetic<T>,
  [w, m, v, scale, g]: readonly T[],
  { beta1, beta2, epsilon }: OpTable["applyAdam"],
): T[] {
  const second = keep(add(multiply(square(g!), 1 - beta2), multiply(v!, beta2)));
  const root = add(sqrt(second), epsilon);
  const first = keep(add(multiply(g!, 1 - beta1), multiply(m!, beta1)));
  return [keep(subtract(w!, divide(multiply(first, scale!), root))), first, second];
}

export const applyAdamOp: ResultsOpDefinition<"applyAdam"> = {
  name: "applyAdam",
  words: {
    formula: () => "m := β₁·m + (1 - β₁)·g; v := β₂·v + (1 - β₂)·g²; w := w - η·√(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε)",
    symbols: {
      m: "firstMoment",
      v: "secondMoment",
      "β₁": "beta1",
      "β₂": "beta2",
      ε: "epsilon",
      t: "the number of this step, from 1",
    },
  },
  ...updateRule,
  infer: inferUpdate("applyAdam", 2),
  tfjs(k, [w, m, v, steps, rate, g], { attributes }) {
    const arithmetic = tfjsArithmetic(k);
    const time = k.read(steps!)[0]! + 1;
    const correction = Math.sqrt(1 - attributes.beta2 ** time) / (1 - attributes.beta1 ** time);
    return rule(arithmetic, [w!, m!, v!, arithmetic.multiply(rate!, correction), g!], attributes);
  },
  inPlace: {
    tensorflow(t, [w, m, v, steps, rate, g], { attributes: { beta1, beta2, epsilon } }) {
      const T = { type: "float32" } as const;
      const next = t.op("AddV2", [steps!, t.constant(1, "int32")], { T: { type: "int32" } });
      const time = t.op("Cast", [next], { SrcT: { type: "int32" }, DstT: T });
      const [b1, b2, e] = [beta1, beta2, epsilon].map((value) => t.constant(value, "float32"));
      const power = (base: typeof b1) => t.op("Pow", [base!, time], { T });
      return t.update("ResourceApplyAdam", [w!, m!, v!, power(b1), power(b2), rate!, b1!, b2!, e!, g!], { T });
    },
    plain(b, { inputs: [w, m, v, steps, rate, g], attributes }) {
      const arithmetic = plainArithmetic(b);
      const time = b.op("cast", [b.op("add", [steps!, b.scalar(1, "int32")])], { dtype: "float32" });
      const rest = (beta: number) => b.op("subtract", [b.scalar(1), b.op("pow", [b.scalar(beta), time])]);
      const correction = b.op("divide", [b.op("sqrt", [rest(attributes.beta2)]), rest(attributes.beta1)]);
      return rule(arithmetic, [w!, m!, v!, arithmetic.multiply(rate!, correction), g!], attributes);
    },
  },
  reference([w, m, v, steps, rate, g], { attributes: { beta1, beta2, epsilon } }) {
    const time = steps!.data[0]! + 1;
    const first = elementwise(m!, (i) => beta1 * m!.data[i]! + (1 - beta1) * g!.data[i]!);
    const second = elementwise(v!, (i) => beta2 * v!.data[i]! + (1 - beta2) * g!.data[i]! ** 2);
    const scale = (rate!.data[0]! * Math.sqrt(1 - beta2 ** time)) / (1 - beta1 ** time);
    const move = (i: number) => (scale * first.data[i]!) / (Math.sqrt(second.data[i]!) + epsilon);
    return [elementwise(w!, (i) => w!.data[i]! - move(i)), first, second];
  },
  // Three for m, four for v, then root, + ε, product, quotient, difference; what is one number a step is not counted.
  flops: flopsPerElement(12),
};

export const applyAdamSamples: Samples<"applyAdam"> = () =>
  [0, 10].map((steps) => ({
    inputs: [
      ramp([2, 3]),
      ramp([2, 3], 2),
      positiveRamp([2, 3], 3),
      array(new Int32Array([steps]), []),
      array(new Float32Array([0.1]), []),
      ramp([2, 3], 4),
    ],
    attributes: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  }));
