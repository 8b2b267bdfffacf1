import type { Samples } from "../ir/op.js";
import {
  defineReduce,
  type ReduceAttributes,
  type ReduceFunction,
  reduceFunction,
  reduceSamples,
  restoreAxes,
} from "./shared/reduce.js";

declare module "../ir/node.js" {
  interface OpTable {
    sum: ReduceAttributes;
  }
}

export const sumOp = defineReduce<"sum">({
  name: "sum",
  words: {
    noun: "sums",
    formula: ([x], { axes }) => `Σ ${x} over ${axes.length === 1 ? `axis ${axes[0]}` : `axes ${axes.join(", ")}`}`,
  },
  traits: ["keepsFinite", "keepsSign"],
  dtypes: ["float32", "int32"],
  tensorflow: "Sum",
  tfjs: "Sum",
  reduce: (elements) => elements.reduce((a, b) => a + b, 0),
  gradient({ b, inputs: [x], dy, node }) {
    // d Σx = dy, for every element summed
    return [b.op("broadcastTo", [restoreAxes(b, dy, x!, node.attributes)], { shape: x!.shape })];
  },
});

export const sumSamples: Samples<"sum"> = reduceSamples;
/**
 * The sum of a tensor's elements over some axes, or all.
 *
 * @param x any shape; float32 or int32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range
 * @example
 * sum(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const sum: ReduceFunction<"sum", "float32" | "int32"> = /* @__PURE__ */ reduceFunction<
  "sum",
  "float32" | "int32"
>(sumOp);
