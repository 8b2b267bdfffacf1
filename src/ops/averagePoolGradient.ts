import { elementCount, generate } from "../ir/array.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Dim } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { ramp } from "./shared/ramp.js";
import type { PoolAttributes } from "./shared/windows/attributes.js";
import { checkPooled } from "./shared/windows/check-pool.js";
import { poolFlops } from "./shared/windows/flops.js";
import { averagePoolBy } from "./shared/windows/pool.js";
import { tensorflowPool } from "./shared/windows/tensorflow.js";
import { sizedTensor } from "./shared/windows/tfjs-moving.js";
import { tfjsPool } from "./shared/windows/tfjs-pool.js";
import { coverage, visitElements } from "./shared/windows/visit.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The gradient of `averagePool` with respect to its input, which has `inputShape`. Input: dy. */
    averagePoolGradient: PoolAttributes & { readonly inputShape: readonly Dim[] };
  }
}

const name = "averagePoolGradient";

export const averagePoolGradientOp: ValueOpDefinition<typeof name> = {
  name,
  dims: ["inputShape"],
  words: { formula: ([dy]) => `each ${dy} in equal parts in the places of its window` },
  traits: ["keepsFinite"],
  infer([dy], { inputShape, ...pool }) {
    refuse("SW_DTYPE", name, checkDType(name, dy!.dtype, ["float32"]));
    refuse("SW_SHAPE", name, checkPooled(name, inputShape, dy!.shape, pool));
    return { shape: inputShape, dtype: "float32" };
  },
  gradient({ b, dy: dz, node: { attributes } }) {
    // z = averagePoolᵀ(dy) is linear: d dy = averagePool(dz)
    const { inputShape: _, ...pool } = attributes;
    return [b.op("averagePool", [dz], pool)];
  },
  tensorflow(t, [dy], { attributes: { inputShape, ...pool }, inputs: [slopes] }) {
    return averagePoolBy(tensorflowPool(t), pool).gradient({ value: dy!, shape: slopes!.shape }, inputShape).value;
  },
  tfjs: (k, [dy], { attributes, shape }) =>
    averagePoolBy(tfjsPool(k), attributes).gradient(sizedTensor(dy!), shape).value,
  reference([dy], { attributes, shape }) {
    const dx = new Float64Array(elementCount(shape));
    const counts = coverage(shape, dy!.shape, attributes);
    visitElements(shape, dy!.shape, attributes, (i, k) => {
      dx[i]! += dy!.data[k]! / counts[k]!;
    });
    return generate(shape, "float32", (i) => dx[i]!);
  },
  flops: ({ inputs: [dy], attributes }) => poolFlops(dy!, attributes),
};

export const averagePoolGradientSamples: Samples<"averagePoolGradient"> = () => [
  {
    inputs: [ramp([1, 2, 2, 2])],
    attributes: { inputShape: [1, 4, 4, 2], poolSize: [2, 2], strides: [2, 2], padding: "valid" },
  },
  {
    inputs: [ramp([1, 3, 4, 2])],
    attributes: { inputShape: [1, 5, 4, 2], poolSize: [3, 3], strides: [2, 1], padding: "same" },
  },
  {
    inputs: [ramp([2, 1, 1, 3])],
    attributes: { inputShape: [2, 1, 1, 3], poolSize: [2, 2], strides: [2, 2], padding: "same" },
  },
  {
    // The last row and column lie in no window.
    inputs: [ramp([1, 2, 2, 1])],
    attributes: { inputShape: [1, 5, 5, 1], poolSize: [2, 2], strides: [2, 2], padding: "valid" },
  },
  {
    inputs: [ramp([1, 2, 3, 2])],
    attributes: {
      inputShape: [1, 4, 5, 2],
      poolSize: [3, 2],
      strides: [2, 2],
      padding: [
        [1, 1],
        [0, 1],
      ],
    },
  },
  {
    inputs: [ramp([2, 4, 2])],
    attributes: { inputShape: [2, 7, 2], poolSize: [3], strides: [2], padding: "same" },
  },
  {
    inputs: [ramp([1, 2, 5, 2, 2])],
    attributes: { inputShape: [1, 4, 5, 3, 2], poolSize: [2, 3, 2], strides: [2, 1, 2], padding: "same" },
  },
];
