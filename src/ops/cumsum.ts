import type { Samples } from "../ir/op.js";
import {
  type CumulativeAttributes,
  type CumulativeFunction,
  cumulativeFunction,
  cumulativeSamples,
  defineCumulative,
} from "./shared/cumulative.js";

declare module "../ir/node.js" {
  interface OpTable {
    cumsum: CumulativeAttributes;
  }
}

export const cumsumOp = /* @__PURE__ */ defineCumulative<"cumsum">({
  name: "cumsum",
  words: { noun: "running_sums" },
  traits: ["keepsFinite"],
  kernel: "Cumsum",
  start: 0,
  step: (before, x, dtype) => (dtype === "int32" ? (before + x) | 0 : before + x),
  // An element is in all sums that come after it: the sums of dy the other way.
  gradient: ({ b, dy, node: { attributes } }) => [
    b.op("cumsum", [dy], { ...attributes, reverse: !attributes.reverse }),
  ],
});

export const cumsumSamples: Samples<"cumsum"> = cumulativeSamples;

/**
 * Running sums: at each place of an axis, the sum of all elements up to there.
 *
 * @param x rank 1 or more; float32 or int32
 * @param axis negative ones count from the end; it has to be said, since NumPy's default (all axes) is not TensorFlow's (the first)
 * @param options `exclusive` (false): an element is not in its own sum; `reverse` (false): from the end
 * @returns the same shape
 * @throws SW_VALUE when the axis is out of range, SW_DTYPE for bool
 * @example
 * const sums = cumsum(input(["batch", "time"]), 1); // Tensor<["batch", "time"], "float32">
 */
export const cumsum: CumulativeFunction<"cumsum"> = /* @__PURE__ */ cumulativeFunction(cumsumOp);
