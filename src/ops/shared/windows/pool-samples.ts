import { array, generate, type NdArray } from "../../../ir/array.js";
import type { PoolAttributes } from "./attributes.js";
import { pooled } from "./pooled.js";
import { scattered } from "./scattered.js";
import { winners } from "./visit.js";

/** An input, what a max pool makes of it, and how: TensorFlow finds the winners by comparing the two. */
export interface PoolSample {
  readonly x: NdArray;
  readonly y: NdArray;
  readonly attributes: PoolAttributes;
  readonly notSmooth?: string;
}

/** Samples for what belongs to a max pool. */
export const poolSamples: readonly PoolSample[] = [
  sample(array(new Float32Array([1, 5, 2, 3, 4, 0, 7, 6, 8, 9, -1, -2, -5, 3.5, -3, -4]), [1, 4, 4, 1]), {
    poolSize: [2, 2],
    strides: [2, 2],
    padding: "valid",
  }),
  sample(
    array(new Float32Array([1, 1, 1, 1, 2, 2, 1, 2, 2]), [1, 3, 3, 1]),
    { poolSize: [2, 2], strides: [1, 1], padding: "valid" },
    "ties: the first of equal elements is taken",
  ),
  // The result has the input's shape.
  sample(scattered([1, 1, 1, 3]), { poolSize: [2, 2], strides: [2, 2], padding: "same" }),
  sample(scattered([2, 3, 4, 2]), { poolSize: [2, 3], strides: [1, 1], padding: "same" }),
  sample(scattered([1, 5, 4, 1]), {
    poolSize: [3, 2],
    strides: [2, 2],
    padding: [
      [1, 1],
      [0, 1],
    ],
  }),
  sample(scattered([2, 5, 2]), { poolSize: [3], strides: [1], padding: "same" }),
  sample(scattered([1, 4, 5, 3, 2]), { poolSize: [2, 3, 2], strides: [2, 1, 2], padding: "same" }),
  sample(
    array(new Float32Array([0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0]), [1, 2, 4, 2, 1]),
    { poolSize: [2, 2, 2], strides: [1, 2, 1], padding: "same" },
    "ties: the first of equal elements is taken",
  ),
];

function sample(x: NdArray, attributes: PoolAttributes, notSmooth?: string): PoolSample {
  const shape = pooled(x.shape, attributes) as number[];
  const from = winners(x, shape, attributes);
  const y = generate(shape, "float32", (k) => x.data[from[k]!]!);
  return { x, y, attributes, ...(notSmooth && { notSmooth }) };
}
