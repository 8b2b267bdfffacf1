import { generate } from "../ir/array.js";
import type { InFamily, Samples } from "../ir/op.js";
import { noSlope } from "./shared/logical.js";
import { plainSamples } from "./shared/plainSamples.js";
import { defineUnary, type UnaryFunction, unaryFunction } from "./shared/unary.js";

declare module "../ir/node.js" {
  interface OpTable {
    logicalNot: Record<never, never>;
  }
}

export const logicalNotOp: InFamily<"logicalNot", "unary"> = {
  .../* @__PURE__ */ defineUnary<"logicalNot">({
    name: "logicalNot",
    words: { noun: "otherwise" },
    traits: ["keepsFinite"],
    dtypes: ["bool"],
    tensorflow: "LogicalNot",
    tfjs: "LogicalNot",
    scalar: (x) => x === 0,
    gradient: noSlope,
  }),
  tensorflow: (t, [x]) => t.op("LogicalNot", [x!]),
};

export const logicalNotSamples: Samples<"logicalNot"> = () => plainSamples([generate([2, 2], "bool", (i) => i > 1)]);

/**
 * Whether an element does not hold, for every element.
 *
 * @param x any shape; bool
 * @returns the same shape and dtype
 * @throws SW_DTYPE when x is not bool
 * @example
 * const mask = logicalNot(isNaN(input(["batch", 4]))); // Tensor<["batch", 4], "bool">
 */
export const logicalNot: UnaryFunction<"logicalNot", "bool"> = /* @__PURE__ */ unaryFunction<"logicalNot", "bool">(
  logicalNotOp,
);
