import { makeNode } from "../ir/makeNode.js";
import { knownOr } from "./shared/known.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";
import { sumOp } from "./sum.js";

/**
 * The sum of the elements that are not NaN, over some axes, or all: 0 of none.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * nanSum(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const nanSum: ReduceFunction<"nanSum", "float32"> = /* @__PURE__ */ reduceComposite(
  "nanSum",
  ["float32"],
  (x, attributes) => makeNode(sumOp, [knownOr(x, 0)], attributes),
);
