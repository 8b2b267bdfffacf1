import type { Samples } from "../ir/op.js";
import { removeAxes } from "../types/reduce.js";
import {
  defineReduce,
  type ReduceAttributes,
  type ReduceFunction,
  reduceArguments,
  reduceFunction,
  reduceSamples,
  reduceTensorflow,
  restoreAxes,
} from "./shared/reduce.js";
import { logSumExp as logSumExpOf } from "./shared/rows.js";

declare module "../ir/node.js" {
  interface OpTable {
    logSumExp: ReduceAttributes;
  }
}

/** The largest float32 that is not infinite. */
const largestFinite = 3.4028234663852886e38;

export const logSumExpOp = defineReduce<"logSumExp">({
  name: "logSumExp",
  traits: ["keepsFinite"],
  dtypes: ["float32"],
  tensorflow(t, [x], node) {
    // m + ln Σ e^(x - m), where m is the maximum: of infinities the nearest finite number, as ∞ - ∞ is no number.
    const T = { type: "float32" } as const;
    const { axes } = node.attributes;
    const bound = (value: number) => t.constant(value, "float32");
    const raw = reduceTensorflow(t, "Max", x!, { axes, keepDims: true });
    const above = t.op("Maximum", [raw, bound(-largestFinite)], { T });
    const largest = t.op("Minimum", [above, bound(largestFinite)], { T });
    const powers = t.op("Exp", [t.op("Sub", [x!, largest], { T })], { T });
    const total = t.op("Log", [reduceTensorflow(t, "Sum", powers, node.attributes)], { T });
    return t.op("AddV2", [total, node.attributes.keepDims ? largest : t.reshape(largest, node.shape)], { T });
  },
  tfjs(k, [x], { attributes: { axes }, shape }) {
    if (axes.length === 0) return x!;
    const wide = removeAxes(x!.shape, axes, true) as number[];
    const bound = (value: number) => k.tensor([value], [], "float32");
    const raw = k.run("Max", { x: x! }, reduceArguments("Max", axes));
    const largest = k.run("Minimum", {
      a: k.run("Maximum", { a: raw, b: bound(-largestFinite) }),
      b: bound(largestFinite),
    });
    const powers = k.run("Exp", { x: k.run("Sub", { a: x!, b: k.reshape(largest, wide) }) });
    const total = k.run("Log", { x: k.run("Sum", { x: powers }, reduceArguments("Sum", axes)) });
    return k.reshape(k.run("Add", { a: total, b: largest }), shape);
  },
  reduce: logSumExpOf,
  gradient({ b, inputs: [x], dy, node }) {
    // d ln Σ eˣ = dy · eˣ / Σ eˣ, where e^m is taken out of both: m is the value, or the nearest finite number, as ∞ - ∞ is none.
    // Not dy · e^(x - ln Σ eˣ): of a large difference, few digits are left.
    const { axes } = node.attributes;
    const above = b.op("maximum", [restoreAxes(b, node, x!, node.attributes), b.scalar(-largestFinite)]);
    const powers = b.op("exp", [b.op("subtract", [x!, b.op("minimum", [above, b.scalar(largestFinite)])])]);
    const total = b.op("sum", [powers], { axes, keepDims: true });
    return [b.op("multiply", [powers, b.op("divide", [restoreAxes(b, dy, x!, node.attributes), total])])];
  },
});

export const logSumExpSamples: Samples<"logSumExp"> = reduceSamples;
/**
 * The logarithm of the sum of exponentials, ln Σ eˣ, over some axes, or all, without overflow: the largest element is taken out first. TensorFlow calls it
 * `reduce_logsumexp`.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range
 * @example
 * logSumExp(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const logSumExp: ReduceFunction<"logSumExp", "float32"> = /* @__PURE__ */ reduceFunction<"logSumExp", "float32">(
  logSumExpOp,
);
