import { makeNode } from "../ir/makeNode.js";
import { varianceOfKnown } from "./shared/known.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";
import { sqrtOp } from "./sqrt.js";

/**
 * The standard deviation of the elements that are not NaN, over some axes, or all: NaN of none.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * nanStd(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const nanStd: ReduceFunction<"nanStd", "float32"> = /* @__PURE__ */ reduceComposite(
  "nanStd",
  ["float32"],
  (x, attributes) => makeNode(sqrtOp, [varianceOfKnown(x, attributes)], {}),
);
