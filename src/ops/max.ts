import type { Samples } from "../ir/op.js";
import {
  defineReduce,
  type ReduceAttributes,
  type ReduceFunction,
  reduceFunction,
  reduceSamples,
  restoreAxes,
} from "./shared/reduce.js";
import { largestOf } from "./shared/rows.js";

declare module "../ir/node.js" {
  interface OpTable {
    max: ReduceAttributes;
  }
}

export const maxOp = defineReduce<"max">({
  name: "max",
  words: { noun: "largest" },
  traits: ["keepsFinite", "keepsSign"],
  dtypes: ["float32", "int32"],
  tensorflow: "Max",
  tfjs: "Max",
  // There is no infinite integer: of none, the least stands for it.
  reduce: (elements, dtype) => Math.max(largestOf(elements), dtype === "int32" ? -(2 ** 31) : -Infinity),
  gradient({ b, inputs: [x], dy, node }) {
    // d max = dy to the largest element; where several are, each gets an equal share (as in TensorFlow)
    const { axes } = node.attributes;
    const largest = b.op("cast", [b.op("equal", [x!, restoreAxes(b, node, x!, node.attributes)])], {
      dtype: "float32",
    });
    const share = b.op("divide", [largest, b.op("sum", [largest], { axes, keepDims: true })]);
    return [b.op("multiply", [share, restoreAxes(b, dy, x!, node.attributes)])];
  },
});

export const maxSamples: Samples<"max"> = reduceSamples;
/**
 * The largest of a tensor's elements over some axes, or all.
 *
 * @param x any shape; float32 or int32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range
 * @example
 * max(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const max: ReduceFunction<"max", "float32" | "int32"> = /* @__PURE__ */ reduceFunction<
  "max",
  "float32" | "int32"
>(maxOp);
