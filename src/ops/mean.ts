import type { Samples } from "../ir/op.js";
import {
  defineReduce,
  type ReduceAttributes,
  type ReduceFunction,
  reducedDims,
  reduceFunction,
  reduceSamples,
  restoreAxes,
} from "./shared/reduce.js";

declare module "../ir/node.js" {
  interface OpTable {
    mean: ReduceAttributes;
  }
}

export const meanOp = defineReduce<"mean">({
  name: "mean",
  words: { noun: "average", formula: ([x]) => `the mean of ${x}`, term: "call" },
  traits: ["keepsFinite", "keepsSign"],
  dtypes: ["float32"],
  tensorflow: "Mean",
  tfjs: "Mean",
  reduce: (elements) => elements.reduce((a, b) => a + b, 0) / elements.length,
  gradient({ b, inputs: [x], dy, node }) {
    // d mean = dy / n, for every one of the n elements averaged
    const share = b.op("divide", [restoreAxes(b, dy, x!, node.attributes), b.size(reducedDims(x!, node.attributes))]);
    return [b.op("broadcastTo", [share], { shape: x!.shape })];
  },
});

export const meanSamples: Samples<"mean"> = reduceSamples;
/**
 * The mean of a tensor's elements over some axes, or all.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range
 * @example
 * mean(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const mean: ReduceFunction<"mean", "float32"> = /* @__PURE__ */ reduceFunction<"mean", "float32">(meanOp);
