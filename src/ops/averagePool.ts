import { elementCount, generate } from "../ir/array.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import { ramp } from "./shared/ramp.js";
import type { PoolAttributes } from "./shared/windows/attributes.js";
import { checkPool } from "./shared/windows/check-pool.js";
import { poolFlops } from "./shared/windows/flops.js";
import { averagePoolBy } from "./shared/windows/pool.js";
import { pooled } from "./shared/windows/pooled.js";
import { tensorflowPool } from "./shared/windows/tensorflow.js";
import { sizedTensor } from "./shared/windows/tfjs-moving.js";
import { tfjsPool } from "./shared/windows/tfjs-pool.js";
import { coverage, visitElements } from "./shared/windows/visit.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The mean of every window over one to three spatial axes, without what is padding: `averagePool1d`, `2d` and `3d`. */
    averagePool: PoolAttributes;
  }
}

export const averagePoolOp: ValueOpDefinition<"averagePool"> = {
  name: "averagePool",
  words: { noun: "averaged", formula: (_, { poolSize }) => `the mean of each ${poolSize.join(" × ")} window` },
  traits: ["keepsFinite"],
  infer([x], attributes) {
    const op = `averagePool${attributes.poolSize.length}d`;
    refuse("SW_DTYPE", op, checkDType(op, x!.dtype, ["float32"]));
    refuse("SW_SHAPE", op, checkPool(op, x!.shape, attributes));
    return { shape: pooled(x!.shape, attributes), dtype: "float32" };
  },
  gradient({ b, inputs: [x], dy, node: { attributes } }) {
    // y = Σ x[i] / n over a window's n elements: each of them gets dy / n
    return [b.op("averagePoolGradient", [dy], { ...attributes, inputShape: x!.shape })];
  },
  tensorflow: (t, [x], { attributes, inputs: [images] }) =>
    averagePoolBy(tensorflowPool(t), attributes).forward({ value: x!, shape: images!.shape }).value,
  tfjs: (k, [x], { attributes }) => averagePoolBy(tfjsPool(k), attributes).forward(sizedTensor(x!)).value,
  reference([x], { attributes, shape }) {
    const sums = new Float64Array(elementCount(shape));
    visitElements(x!.shape, shape, attributes, (i, k) => {
      sums[k]! += x!.data[i]!;
    });
    const counts = coverage(x!.shape, shape, attributes);
    return generate(shape, "float32", (k) => sums[k]! / counts[k]!);
  },
  flops: ({ shape, attributes }) => poolFlops(shape, attributes),
};

export const averagePoolSamples: Samples<"averagePool"> = () => [
  { inputs: [ramp([1, 4, 4, 2])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "valid" } },
  { inputs: [ramp([2, 3, 4, 1])], attributes: { poolSize: [2, 3], strides: [1, 1], padding: "valid" } },
  { inputs: [ramp([1, 5, 4, 2])], attributes: { poolSize: [3, 3], strides: [2, 1], padding: "same" } },
  { inputs: [ramp([2, 1, 1, 3])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "same" } },
  { inputs: [ramp([1, 4, 4, 1])], attributes: { poolSize: [1, 1], strides: [3, 3], padding: "valid" } },
  {
    inputs: [ramp([1, 4, 5, 2])],
    attributes: {
      poolSize: [3, 2],
      strides: [2, 2],
      padding: [
        [1, 1],
        [0, 1],
      ],
    },
  },
  { inputs: [ramp([2, 7, 2])], attributes: { poolSize: [3], strides: [2], padding: "same" } },
  { inputs: [ramp([1, 4, 5, 3, 2])], attributes: { poolSize: [2, 3, 2], strides: [2, 1, 2], padding: "same" } },
];
