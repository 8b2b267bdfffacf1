import { makeNode } from "../ir/makeNode.js";
import { castOp } from "./cast.js";
import { minOp } from "./min.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";

/**
 * Whether all of a tensor's elements are true, over some axes, or all; of none, they are. TensorFlow calls it `reduce_all`.
 *
 * @param x any shape; bool
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not bool
 * @example
 * all(greater(input(["batch", 10]), 0), { axis: -1 }); // Tensor<["batch"], "bool">
 */
export const all: ReduceFunction<"all", "bool"> = /* @__PURE__ */ reduceComposite("all", ["bool"], (x, attributes) =>
  makeNode(castOp, [makeNode(minOp, [makeNode(castOp, [x], { dtype: "int32" })], attributes)], { dtype: "bool" }),
);
