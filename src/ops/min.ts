import { elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import type { Samples } from "../ir/op.js";
import { equalShares } from "./shared/equalShares.js";
import {
  defineReduce,
  type ReduceAttributes,
  type ReduceFunction,
  reduceFunction,
  reduceKernel,
  reduceSamples,
} from "./shared/reduce.js";
import { smallestOf } from "./shared/rows.js";

declare module "../ir/node.js" {
  interface OpTable {
    min: ReduceAttributes;
  }
}

/** The smallest of no elements. There is no infinite integer: the greatest stands for it. */
const ofNone = (dtype: DType) => (dtype === "int32" ? 2 ** 31 - 1 : Infinity);

export const minOp = defineReduce<"min">({
  name: "min",
  words: { noun: "smallest" },
  traits: ["keepsFinite", "keepsSign"],
  dtypes: ["float32", "int32"],
  tensorflow: "Min",
  tfjs(k, [x], context) {
    if (!x!.shape.includes(0)) return reduceKernel<"min">("Min")(k, [x!], context);
    // tfjs's kernels read what is beyond the elements.
    const { shape, dtype } = context;
    return k.tensor(Array(elementCount(shape)).fill(ofNone(dtype)), shape, dtype);
  },
  reduce: (elements, dtype) => Math.min(smallestOf(elements), ofNone(dtype)),
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
