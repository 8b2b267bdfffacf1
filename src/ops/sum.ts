import type { Node } from "../ir/node.js";
import type { Samples } from "../ir/op.js";
import { ramp } from "./shared/ramp.js";
import {
  defineReduce,
  type ReduceAttributes,
  type ReduceFunction,
  reduceFunction,
  reduceSamples,
  reduceTensorflow,
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
  tensorflow: (t, [x], node) =>
    isWideColumnSum(node)
      ? t.op("BiasAddGrad", [x!], { T: { type: "float32" } })
      : reduceTensorflow(t, "Sum", x!, node.attributes, node.dtype),
  tfjs: "Sum",
  reduce: (elements) => elements.reduce((a, b) => a + b, 0),
  gradient({ b, inputs: [x], dy, node }) {
    // d Σx = dy, for every element summed
    return [b.op("broadcastTo", [restoreAxes(b, dy, x!, node.attributes)], { shape: x!.shape })];
  },
});

export const sumSamples: Samples<"sum"> = () => [
  ...reduceSamples(),
  { inputs: [ramp([2, 3, 70])], attributes: { axes: [0, 1], keepDims: false } },
];

/**
 * Whether all axes but the last go, and that is wide: the gradient of a bias. TensorFlow has a kernel for it, which for 3,200 rows of
 * 512 takes a ninth of its sum's time. Below some 64 columns the sum is as quick.
 */
function isWideColumnSum({ inputs: [x], attributes: { axes, keepDims }, dtype }: Node<"sum">): boolean {
  const columns = x!.shape.at(-1);
  const isOfRows = !keepDims && x!.rank >= 2 && axes.length === x!.rank - 1 && !axes.includes(x!.rank - 1);
  return isOfRows && dtype === "float32" && typeof columns === "number" && columns >= 64;
}

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
