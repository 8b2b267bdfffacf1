import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { Samples } from "../ir/op.js";
import { checkOptions, range } from "../ir/options.js";
import { calling } from "../ir/place.js";
import type { Tensor } from "../ir/tensor.js";
import type { Shape } from "../types/dim.js";
import type { CheckDType } from "../types/dtype.js";
import { scalarNode } from "./constant.js";
import { greaterOp } from "./greater.js";
import { minimumOp } from "./minimum.js";
import { multiplyOp } from "./multiply.js";
import { selectOp } from "./select.js";
import { taken } from "./shared/composite.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary } from "./shared/unary.js";
import { subtractOp } from "./subtract.js";

declare module "../ir/node.js" {
  interface OpTable {
    relu: Record<never, never>;
  }
}

export const reluOp = defineUnary<"relu">({
  name: "relu",
  words: { noun: "rectified" },
  traits: ["nonNegative", "keepsFinite"],
  tensorflow: "Relu",
  tfjs: "Relu",
  scalar: (x) => Math.max(0, x),
  gradient({ b, dy, node }) {
    // d max(0, x) = dy where the output is positive. Read from the output: read from the input, it would give the
    // pre-activation a second consumer and keep affine+relu from fusing in a training graph.
    const zero = b.scalar(0);
    return [b.op("select", [b.op("greater", [node, zero]), dy, zero])];
  },
});

export const reluSamples: Samples<"relu"> = () => plainSamples([array(new Float32Array([-2, 1, 3, -0.5]), [2, 2])]);

/** Options of `relu`: those of Keras's layer. */
export interface ReluOptions {
  /** What is above is cut down to it, from 0 on: nothing, unless said otherwise. */
  readonly maxValue?: number;
  /** The slope below the threshold, from 0 on. @default 0 */
  readonly negativeSlope?: number;
  /** Where the rectifier begins, from 0 on: up to it, it gives negativeSlope · (x - threshold). @default 0 */
  readonly threshold?: number;
}

/**
 * The rectifier max(0, x), element by element (Nair and Hinton, 2010).
 *
 * @param x any shape; float32
 * @param options `maxValue`, `negativeSlope`, `threshold`
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not float32, SW_VALUE when an option is none, or below 0
 * @example
 * const y = relu(input(["batch", 4])); // Tensor<["batch", 4], "float32">
 * const cut = relu(y, { maxValue: 6, negativeSlope: 0.1 }); // Tensor<["batch", 4], "float32">
 */
export function relu<S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<"relu", D, "float32">,
  options: ReluOptions = {},
): Tensor<S, D> {
  const fromZero = range(0, Number.POSITIVE_INFINITY);
  checkOptions("relu", options, { maxValue: fromZero, negativeSlope: fromZero, threshold: fromZero });
  const { maxValue = Number.POSITIVE_INFINITY, negativeSlope = 0, threshold = 0 } = options;
  const node = nodeOf(taken("relu", x, "float32"));
  return calling("relu", () => {
    let positive: Node = makeNode(reluOp, [node], {});
    if (threshold > 0) {
      const isAbove = makeNode(greaterOp, [node, scalarNode(threshold)], {});
      positive = makeNode(selectOp, [isAbove, node, scalarNode(0)], {});
    }
    if (maxValue < Number.POSITIVE_INFINITY) positive = makeNode(minimumOp, [positive, scalarNode(maxValue)], {});
    if (negativeSlope === 0) return tensorOf(positive);
    const below = makeNode(reluOp, [makeNode(subtractOp, [scalarNode(threshold), node], {})], {});
    return tensorOf(makeNode(subtractOp, [positive, makeNode(multiplyOp, [below, scalarNode(negativeSlope)], {})], {}));
  });
}
