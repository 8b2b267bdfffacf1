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
    /** s := ρ·s + (1 - ρ)·g²; m := μ·m + η·g / √(s + ε); w := w - m. Inputs: w, s, m, learning rate, gradient. */
    applyRmsProp: { readonly rho: number; readonly momentum: number; readonly epsilon: number };
  }
}

function rule<T>(
  { add, subtract, multiply, divide, square, sqrt, keep }: Arithmetic<T>,
  [w, s, m, rate, g]: readonly T[],
  { rho, momentum, epsilon }: OpTable["applyRmsProp"],
): T[] {
  const squares = keep(add(multiply(square(g!), 1 - rho), multiply(s!, rho)));
  const step = divide(multiply(g!, rate!), sqrt(add(squares, epsilon)));
  const moment = keep(momentum === 0 ? step : add(multiply(m!, momentum), step));
  return [keep(subtract(w!, moment)), squares, moment];
}

export const applyRmsPropOp: ResultsOpDefinition<"applyRmsProp"> = {
  name: "applyRmsProp",
  words: {
    formula: (_, { momentum }) =>
      `s := ρ·s + (1 - ρ)·g²; ${momentum === 0 ? "w := w - η·g / √(s + ε)" : "m := μ·m + η·g / √(s + ε); w := w - m"}`,
    symbols: { s: "meanSquare", m: "the step that momentum keeps", ρ: "rho", μ: "momentum", ε: "epsilon" },
  },
  ...updateRule,
  infer: inferUpdate("applyRmsProp", 2),
  tfjs: (k, inputs, { attributes }) => rule(tfjsArithmetic(k), inputs, attributes),
  inPlace: {
    tensorflow(t, [w, s, m, rate, g], { attributes: { rho, momentum, epsilon } }) {
      const scalars = [rho, momentum, epsilon].map((value) => t.constant(value, "float32"));
      return t.update("ResourceApplyRMSProp", [w!, s!, m!, rate!, ...scalars, g!], { T: { type: "float32" } });
    },
    plain: (b, { inputs, attributes }) => rule(plainArithmetic(b), inputs, attributes),
    unread: ({ momentum }) => (momentum === 0 ? [2] : []),
  },
  reference([w, s, m, rate, g], { attributes: { rho, momentum, epsilon } }) {
    const squares = elementwise(s!, (i) => rho * s!.data[i]! + (1 - rho) * g!.data[i]! ** 2);
    const step = (i: number) => (rate!.data[0]! * g!.data[i]!) / Math.sqrt(squares.data[i]! + epsilon);
    const moment = elementwise(m!, (i) => momentum * m!.data[i]! + step(i));
    return [elementwise(w!, (i) => w!.data[i]! - moment.data[i]!), squares, moment];
  },
  // Four for s, six for m, one for w.
  flops: flopsPerElement(11),
};

export const applyRmsPropSamples: Samples<"applyRmsProp"> = () =>
  [0, 0.5].map((momentum) => ({
    inputs: [
      ramp([2, 3]),
      positiveRamp([2, 3], 2),
      ramp([2, 3], 3),
      array(new Float32Array([0.1]), []),
      ramp([2, 3], 4),
    ],
    attributes: { rho: 0.9, momentum, epsilon: 1e-7 },
  }));
