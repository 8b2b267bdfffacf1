import { generate } from "../ir/array.js";
import type { Samples } from "../ir/op.js";
import { defineLogical, type LogicalFunction, logicalFunction } from "./shared/logical.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    logicalAnd: Record<never, never>;
  }
}

export const logicalAndOp = /* @__PURE__ */ defineLogical<"logicalAnd">({
  name: "logicalAnd",
  words: { noun: "both" },
  traits: ["commutative", "broadcasts", "keepsFinite"],
  kernel: "LogicalAnd",
  scalar: (a, b) => a !== 0 && b !== 0,
});

export const logicalAndSamples: Samples<"logicalAnd"> = () =>
  plainSamples([generate([2, 1], "bool", (i) => i === 0), generate([3], "bool", (i) => i !== 1)]);

/**
 * Whether both hold, element by element, with broadcasting.
 *
 * @param a any shape; bool
 * @param b a shape that broadcasts with a's; bool
 * @returns the broadcast shape, bool
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not bool
 * @example
 * const x = input(["batch", 3]);
 * const inside = logicalAnd(greater(x, 0), less(x, 1)); // Tensor<["batch", 3], "bool">
 */
export const logicalAnd: LogicalFunction<"logicalAnd"> = /* @__PURE__ */ logicalFunction<"logicalAnd">(logicalAndOp);
