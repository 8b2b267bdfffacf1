import { array, elementCount } from "../ir/array.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { statelessRandomUniform } from "../ir/philox.js";
import type { Dim } from "../types/dim.js";
import { flopsPerElement } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * Uniform numbers in [0, 1), float32, that depend on the seed and the step alone: every backend draws the same.
     * Input: the step, an int32 scalar.
     */
    randomUniform: { readonly shape: readonly Dim[]; readonly seed: number };
  }
}

export const randomUniformOp: ValueOpDefinition<"randomUniform"> = {
  name: "randomUniform",
  dims: ["shape"],
  words: { noun: "uniform" },
  traits: ["draws", "keepsFinite"],
  infer: (_, { shape }) => ({ shape, dtype: "float32" }),
  gradient: { notDifferentiable: "random numbers depend on no input" },
  tensorflow(t, [step], { shape, attributes: { seed } }) {
    const int32 = { type: "int32" } as const;
    const key = t.op("Pack", [t.constant(seed, "int32"), step!], { T: int32, N: { int: 2 }, axis: { int: 0 } });
    return t.op("StatelessRandomUniform", [t.shape(shape), key], {
      dtype: { type: "float32" },
      T: int32,
      Tseed: int32,
    });
  },
  tfjs: (k, [step], { shape, attributes: { seed } }) =>
    k.tensor(statelessRandomUniform([seed, k.read(step!)[0]!], elementCount(shape)), shape, "float32"),
  reference: ([step], { shape, attributes: { seed } }) =>
    array(statelessRandomUniform([seed, step!.data[0]!], elementCount(shape)), [...shape]),
  // A number drawn counts as one operation.
  flops: flopsPerElement(1),
  samples: [
    { inputs: [array(new Int32Array([0]), [])], attributes: { shape: [5], seed: 7 } },
    { inputs: [array(new Int32Array([123456]), [])], attributes: { shape: [3, 7], seed: -2 } },
  ],
};
