import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { makeNode, type ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Padding } from "../types/window.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import {
  type CheckPool,
  checkPool,
  type Pool2d,
  type PoolAttributes,
  pooled,
  poolFlops,
  tensorflowPool,
} from "./shared/pool2d.js";
import { type Pair, pairOf, scattered, winners } from "./shared/window2d.js";

declare module "../ir/node.js" {
  interface OpTable {
    maxPool2d: PoolAttributes;
  }
}

export const maxPool2dOp: ValueOpDefinition<"maxPool2d"> = {
  name: "maxPool2d",
  words: { noun: "pooled", formula: (_, { poolSize }) => `the largest element of each ${poolSize.join(" × ")} window` },
  traits: ["keepsFinite"],
  infer([x], attributes) {
    refuse("SW_DTYPE", "maxPool2d", checkDType("maxPool2d", x!.dtype, ["float32"]));
    refuse("SW_SHAPE", "maxPool2d", checkPool("maxPool2d", x!.shape, attributes));
    return { shape: pooled(x!.shape, attributes), dtype: "float32" };
  },
  gradient({ b, inputs: [x], dy, node }) {
    // d max = dy to the largest element of each window; where several are, to the first (as in TensorFlow and tfjs)
    return [b.op("maxPool2dGradient", [x!, node, dy], node.attributes)];
  },
  tensorflow: (t, [x], { attributes }) => t.op("MaxPool", [x!], tensorflowPool(attributes)),
  tfjs: (k, [x], { attributes: { poolSize, strides, padding } }) =>
    k.run("MaxPool", { x: x! }, { filterSize: [...poolSize], strides: [...strides], pad: padding }),
  reference([x], { attributes, shape }) {
    const from = winners(x!, attributes.poolSize, shape, attributes);
    return generate(shape, "float32", (k) => x!.data[from[k]!]!);
  },
  flops: ({ shape, attributes }) => poolFlops(shape, attributes),
  samples: [
    { inputs: [scattered([1, 4, 4, 2])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "valid" } },
    { inputs: [scattered([2, 3, 4, 1])], attributes: { poolSize: [2, 3], strides: [1, 1], padding: "valid" } },
    { inputs: [scattered([1, 5, 5, 1])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "same" } },
    { inputs: [scattered([1, 5, 4, 2])], attributes: { poolSize: [3, 3], strides: [2, 1], padding: "same" } },
    { inputs: [scattered([1, 5, 5, 1])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "valid" } },
    { inputs: [scattered([1, 4, 4, 1])], attributes: { poolSize: [1, 1], strides: [3, 3], padding: "valid" } },
    { inputs: [scattered([2, 1, 1, 3])], attributes: { poolSize: [2, 2], strides: [2, 2], padding: "same" } },
    {
      inputs: [array(new Float32Array([-1, -1, -1, -1, -2, -2, -1, -2, -2]), [1, 3, 3, 1])],
      attributes: { poolSize: [2, 2], strides: [1, 1], padding: "same" },
      notSmooth: "ties: the first of equal elements gets the whole gradient",
    },
  ],
};

/** Options of a pool. */
export interface Pool2dOptions<Size extends Pair, Strides extends Pair, P extends Padding> {
  /** The size of a window, one number or `[height, width]`. 2 unless said otherwise. */
  readonly poolSize?: Size;
  /** How far apart windows are. Side by side, the pool's size, unless said otherwise. */
  readonly strides?: Strides;
  /** `"valid"`, whole windows only, unless said otherwise; `"same"` lets windows reach over the edges. */
  readonly padding?: P;
}

/**
 * The largest element of every window of images, for each channel.
 *
 * @param x [batch, height, width, channels], float32
 * @param options `poolSize` (2), `strides` (the pool's size) and `padding` ("valid")
 * @returns [batch, height', width', channels]
 * @throws SW_SHAPE when x has another rank, or when the window is larger than x
 * @example
 * const y = maxPool2d(input(["batch", 28, 28, 32])); // Tensor<["batch", 14, 14, 32], "float32">
 */
export function maxPool2d<
  const S extends Shape,
  D extends DType,
  const Size extends Pair = 2,
  const Strides extends Pair = Size,
  const P extends Padding = "valid",
>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"maxPool2d", D, "float32">, CheckPool<"maxPool2d", S, Size, P>>,
  options: Pool2dOptions<Size, Strides, P> = {},
): Tensor<Pool2d<S, Size, NoInfer<Strides>, P>> {
  const { poolSize = 2, padding = "valid" } = options;
  const strides = options.strides ?? poolSize;
  const attributes: PoolAttributes = { poolSize: pairOf(poolSize), strides: pairOf(strides), padding };
  return tensorOf(makeNode(maxPool2dOp, [nodeOf(x)], attributes));
}
