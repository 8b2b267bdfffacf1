import { generate } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { defineLogical, type LogicalFunction, logicalFunction } from "./shared/logical.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    logicalOr: Record<never, never>;
  }
}

export const logicalOrOp = /* @__PURE__ */ defineLogical<"logicalOr">({
  name: "logicalOr",
  words: { noun: "either" },
  traits: ["commutative", "broadcasts", "keepsFinite"],
  kernel: "LogicalOr",
  scalar: (a, b) => a !== 0 || b !== 0,
});

export const logicalOrSamples: Samples<"logicalOr"> = () =>
  plainSamples([generate([2, 1], "bool", (i) => i === 0), generate([3], "bool", (i) => i !== 1)]);

/**
 * Whether one of the two holds, or both, element by element, with broadcasting.
 *
 * @param a any shape; bool
 * @param b a shape that broadcasts with a's; bool
 * @returns the broadcast shape, bool
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not bool
 * @example
 * const x = input(["batch", 3]);
 * const outside = logicalOr(less(x, 0), greater(x, 1)); // Tensor<["batch", 3], "bool">
 */
export const logicalOr: LogicalFunction<"logicalOr"> = /* @__PURE__ */ logicalFunction<"logicalOr">(logicalOrOp);
