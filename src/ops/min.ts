import type { Samples } from "../ir/op.js";
import { equalShares } from "./shared/equalShares.js";
import {
  defineReduce,
  type ReduceAttributes,
  type ReduceFunction,
  reduceFunction,
  reduceSamples,
} from "./shared/reduce.js";
import { smallestOf } from "./shared/rows.js";

declare module "../ir/node.js" {
  interface OpTable {
    min: ReduceAttributes;
  }
}

export const minOp = defineReduce<"min">({
  name: "min",
  words: { noun: "smallest" },
  traits: ["keepsFinite", "keepsSign"],
  dtypes: ["float32", "int32"],
  tensorflow: "Min",
  tfjs: "Min",
  // There is no infinite integer: of none, the greatest stands for it.
  reduce: (elements, dtype) => Math.min(smallestOf(elements), dtype === "int32" ? 2 ** 31 - 1 : Infinity),
  gradient: equalShares,
});

export const minSamples: Samples<"min"> = reduceSamples;
/**
 * The smallest of a tensor's elements over some axes, or all.
 *
 * @param x any shape; float32 or int32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range
 * @example
 * min(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const min: ReduceFunction<"min", "float32" | "int32"> = /* @__PURE__ */ reduceFunction<
  "min",
  "float32" | "int32"
>(minOp);
