import { array, generate } from "../ir/array.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import type { PoolAttributes } from "./shared/windows/attributes.js";
import { checkPool } from "./shared/windows/check-pool.js";
import { poolFlops } from "./shared/windows/flops.js";
import { maxPoolBy } from "./shared/windows/pool.js";
import { pooled } from "./shared/windows/pooled.js";
import { scattered } from "./shared/windows/scattered.js";
import { tensorflowPool } from "./shared/windows/tensorflow.js";
import { sizedTensor } from "./shared/windows/tfjs-moving.js";
import { tfjsPool } from "./shared/windows/tfjs-pool.js";
import { winners } from "./shared/windows/visit.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The largest element of every window over one to three spatial axes: `maxPool1d`, `maxPool2d` and `maxPool3d`. */
    maxPool: PoolAttributes;
  }
}

export const maxPoolOp: ValueOpDefinition<"maxPool"> = {
  name: "maxPool",
  words: { noun: "pooled", formula: (_, { poolSize }) => `the largest element of each ${poolSize.join(" × ")} window` },
  traits: ["keepsFinite"],
  infer([x], attributes) {
    const op = `maxPool${attributes.poolSize.length}d`;
    refuse("SW_DTYPE", op, checkDType(op, x!.dtype, ["float32"]));
    refuse("SW_SHAPE", op, checkPool(op, x!.shape, attributes));
    return { shape: pooled(x!.shape, attributes), dtype: "float32" };
  },
  gradient({ b, inputs: [x], dy, node }) {
    // d max = dy to the largest element of each window; where several are, to the first (as in TensorFlow and tfjs)
    return [b.op("maxPoolGradient", [x!, node, dy], node.attributes)];
  },
  tensorflow: (t, [x], { attributes, inputs: [images] }) =>
    maxPoolBy(tensorflowPool(t), attributes).forward({ value: x!, shape: images!.shape }).value,
  tfjs: (k, [x], { attributes }) => maxPoolBy(tfjsPool(k), attributes).forward(sizedTensor(x!)).value,
  reference([x], { attributes, shape }) {
    const from = winners(x!, shape, attributes);
    return generate(shape, "float32", (k) => x!.data[from[k]!]!);
  },
  flops: ({ shape, attributes }) => poolFlops(shape, attributes),
};

export const maxPoolSamples: Samples<"maxPool"> = () => [
  { inputs: [scattered([1, 4, 4, 2])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "valid" } },
  { inputs: [scattered([2, 3, 4, 1])], attributes: { poolSize: [2, 3], strides: [1, 1], padding: "valid" } },
  { inputs: [scattered([1, 5, 5, 1])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "same" } },
  { inputs: [scattered([1, 5, 4, 2])], attributes: { poolSize: [3, 3], strides: [2, 1], padding: "same" } },
  { inputs: [scattered([1, 5, 5, 1])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "valid" } },
  { inputs: [scattered([1, 4, 4, 1])], attributes: { poolSize: [1, 1], strides: [3, 3], padding: "valid" } },
  { inputs: [scattered([2, 1, 1, 3])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "same" } },
  {
    inputs: [scattered([1, 4, 5, 2])],
    attributes: {
      poolSize: [3, 2],
      strides: [2, 2],
      padding: [
        [1, 1],
        [0, 1],
      ],
    },
  },
  { inputs: [scattered([2, 7, 2])], attributes: { poolSize: [3], strides: [2], padding: "same" } },
  { inputs: [scattered([1, 4, 5, 3, 2])], attributes: { poolSize: [2, 3, 2], strides: [2, 1, 2], padding: "same" } },
  {
    inputs: [array(new Float32Array([-1, -1, -1, -1, -2, -2, -1, -2, -2]), [1, 3, 3, 1])],
    attributes: { poolSize: [2, 2], strides: [1, 1], padding: "same" },
    notSmooth: "ties: the first of equal elements gets the whole gradient",
  },
  {
    inputs: [array(new Float32Array([0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0]), [1, 2, 4, 2, 1])],
    attributes: { poolSize: [2, 2, 2], strides: [1, 2, 1], padding: "same" },
    notSmooth: "ties: the first of equal elements gets the whole gradient",
  },
];
