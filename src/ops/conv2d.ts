import { elementCount, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { makeNode, type ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import type { Padding } from "../types/window.js";
import { type CheckFilter, type CheckImages, type Conv2d, checkConv2d, convolved } from "./shared/conv2d.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { ramp } from "./shared/ramp.js";
import {
  convolutionFlops,
  type Pair,
  pairOf,
  tensorflowWindow,
  visitProducts,
  type WindowAttributes,
} from "./shared/window2d.js";

declare module "../ir/node.js" {
  interface OpTable {
    conv2d: WindowAttributes;
  }
}

export const conv2dOp: ValueOpDefinition<"conv2d"> = {
  name: "conv2d",
  words: { noun: "convolved", formula: ([x, filter]) => `${x} ∗ ${filter}` },
  traits: ["keepsFinite"],
  infer([x, filter], attributes) {
    const dtype = checkDType("conv2d", x!.dtype, ["float32"]) ?? checkDType("conv2d", filter!.dtype, ["float32"]);
    refuse("SW_DTYPE", "conv2d", dtype);
    refuse("SW_SHAPE", "conv2d", checkConv2d(x!.shape, filter!.shape, attributes));
    return { shape: convolved(x!.shape, filter!.shape, attributes), dtype: "float32" };
  },
  gradient({ b, inputs: [x, filter], dy, node: { attributes } }) {
    // y[k] = Σ x[i] · filter[j] over the same (i, j, k): dx[i] = Σ dy[k] · filter[j], d filter[j] = Σ dy[k] · x[i]
    return [
      b.op("conv2dBackpropInput", [dy, filter!], { ...attributes, inputShape: x!.shape }),
      b.op("conv2dBackpropFilter", [x!, dy], { ...attributes, filterShape: filter!.shape }),
    ];
  },
  tensorflow: (t, [x, filter], { attributes }) => t.op("Conv2D", [x!, filter!], tensorflowWindow(attributes)),
  tfjs: (k, [x, filter], { attributes: { strides, padding } }) =>
    k.run(
      "Conv2D",
      { x: x!, filter: filter! },
      { strides: [...strides], pad: padding, dataFormat: "NHWC", dilations: [1, 1] },
    ),
  reference([x, filter], { attributes, shape }) {
    const y = new Float64Array(elementCount(shape));
    visitProducts(x!.shape, filter!.shape, shape, attributes, (i, j, k) => {
      y[k]! += x!.data[i]! * filter!.data[j]!;
    });
    return generate(shape, "float32", (k) => y[k]!);
  },
  flops: ({ inputs: [, filter], shape }) => convolutionFlops(filter!, shape),
  samples: [
    { inputs: [ramp([2, 4, 4, 2]), ramp([3, 2, 2, 3])], attributes: { strides: [1, 1], padding: "valid" } },
    { inputs: [ramp([1, 5, 4, 2]), ramp([3, 3, 2, 1])], attributes: { strides: [1, 1], padding: "same" } },
    { inputs: [ramp([1, 5, 5, 1]), ramp([3, 3, 1, 2])], attributes: { strides: [2, 2], padding: "same" } },
    { inputs: [ramp([1, 4, 6, 1]), ramp([3, 3, 1, 2])], attributes: { strides: [2, 2], padding: "same" } },
    { inputs: [ramp([1, 6, 5, 1]), ramp([2, 2, 1, 1])], attributes: { strides: [3, 2], padding: "same" } },
    { inputs: [ramp([1, 5, 5, 2]), ramp([2, 2, 2, 1])], attributes: { strides: [2, 2], padding: "valid" } },
    { inputs: [ramp([2, 3, 3, 2]), ramp([1, 1, 2, 3])], attributes: { strides: [1, 1], padding: "valid" } },
    { inputs: [ramp([1, 1, 1, 1]), ramp([3, 3, 1, 1])], attributes: { strides: [1, 1], padding: "same" } },
    { inputs: [ramp([1, 3, 2, 1]), ramp([3, 2, 1, 2])], attributes: { strides: [1, 1], padding: "valid" } },
  ],
};

/** Options of a convolution. */
export interface Conv2dOptions<Strides extends Pair, P extends Padding> {
  /** How far apart windows are, one number or `[height, width]`. 1 unless said otherwise. */
  readonly strides?: Strides;
  /** `"valid"`, no padding, unless said otherwise; `"same"` pads with zeros, so that the size is that over the stride. */
  readonly padding?: P;
}

/**
 * The convolution of images with a filter: every window of the image, times the filter, summed up. As everywhere in
 * deep learning, the filter is not turned around.
 *
 * @param x [batch, height, width, channels], float32
 * @param filter [height, width, channels, filters], float32
 * @param options `strides` (1) and `padding` ("valid")
 * @returns [batch, height', width', filters]
 * @throws SW_SHAPE when x or the filter has another rank, when their channels differ, or when the filter is larger than x
 * @example
 * const x = input(["batch", 28, 28, 1]);
 * conv2d(x, variable("W", [3, 3, 1, 32], glorotUniform()), {}); // Tensor<["batch", 26, 26, 32], "float32">
 */
export function conv2d<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const Strides extends Pair = 1,
  const P extends Padding = "valid",
  Now extends "now" = "now",
>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"conv2d", D, "float32">, CheckImages<"conv2d", S>>,
  filter: Tensor<F, E> & FirstMessage<CheckDType<"conv2d", E, "float32">, CheckFilter<S, F, P>>,
  options: Conv2dOptions<Strides, P> = {},
): Tensor<{ now: Conv2d<S, F, Strides, P> }[Now]> {
  const { strides = 1, padding = "valid" } = options;
  return tensorOf(makeNode(conv2dOp, [nodeOf(x), nodeOf(filter)], { strides: pairOf(strides), padding }));
}
