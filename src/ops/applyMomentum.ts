import { array, elementCount } from "../ir/array.js";
import type { OpTable } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
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
    /** v := μ·v - η·g; w := w + v, or with Nesterov's look ahead w + μ·v - η·g. Inputs: w, v, learning rate, gradient. */
    applyMomentum: { readonly momentum: number; readonly nesterov: boolean };
  }
}

function rule<T>(
  { add, subtract, multiply, keep }: Arithmetic<T>,
  [w, v, rate, g]: readonly T[],
  { momentum, nesterov }: OpTable["applyMomentum"],
): T[] {
  const step = keep(multiply(g!, rate!));
  const velocity = keep(subtract(multiply(v!, momentum), step));
  return [keep(add(w!, nesterov ? subtract(multiply(velocity, momentum), step) : velocity)), velocity];
}

export const applyMomentumOp: ResultsOpDefinition<"applyMomentum"> = {
  name: "applyMomentum",
  words: {
    formula: (_, { nesterov }) => (nesterov ? "v := μ·v - η·g; w := w + μ·v - η·g" : "v := μ·v - η·g; w := w + v"),
    symbols: { v: "velocity", μ: "momentum" },
  },
  ...updateRule,
  infer: inferUpdate("applyMomentum", 1),
  tfjs: (k, inputs, { attributes }) => rule(tfjsArithmetic(k), inputs, attributes),
  inPlace: {
    tensorflow: (t, [w, v, rate, g], { attributes: { momentum, nesterov } }) =>
      t.update("ResourceApplyKerasMomentum", [w!, v!, rate!, g!, t.constant(momentum, "float32")], {
        T: { type: "float32" },
        use_nesterov: { bool: nesterov },
      }),
    plain: (b, { inputs, attributes }) => rule(plainArithmetic(b), inputs, attributes),
  },
  reference([w, v, rate, g], { attributes: { momentum, nesterov } }) {
    const step = (i: number) => rate!.data[0]! * g!.data[i]!;
    const velocity = elementwise(v!, (i) => momentum * v!.data[i]! - step(i));
    const move = (i: number) => (nesterov ? momentum * velocity.data[i]! - step(i) : velocity.data[i]!);
    return [elementwise(w!, (i) => w!.data[i]! + move(i)), velocity];
  },
  flops: ({ shape, attributes: { nesterov } }) => (nesterov ? 6 : 4) * elementCount(shape),
};

export const applyMomentumSamples: Samples<"applyMomentum"> = () =>
  [false, true].map((nesterov) => ({
    inputs: [ramp([2, 3]), ramp([2, 3], 2), array(new Float32Array([0.1]), []), ramp([2, 3], 4)],
    attributes: { momentum: 0.9, nesterov },
  }));
