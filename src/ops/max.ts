import type { Samples } from "../ir/op.js";
import { equalShares } from "./shared/equalShares.js";
import {
  defineReduce,
  type ReduceAttributes,
  type ReduceFunction,
  reduceFunction,
  reduceSamples,
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
  gradient: equalShares,
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
