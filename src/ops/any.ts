import { makeNode } from "../ir/makeNode.js";
import { castOp } from "./cast.js";
import { scalarNode } from "./constant.js";
import { notEqualOp } from "./notEqual.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";
import { sumOp } from "./sum.js";

/**
 * Whether any of a tensor's elements is true, over some axes, or all; of none, it is not. TensorFlow calls it `reduce_any`.
 *
 * @param x any shape; bool
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not bool
 * @example
 * any(greater(input(["batch", 10]), 0), { axis: -1 }); // Tensor<["batch"], "bool">
 */
export const any: ReduceFunction<"any", "bool"> = /* @__PURE__ */ reduceComposite("any", ["bool"], (x, attributes) =>
  makeNode(notEqualOp, [makeNode(sumOp, [makeNode(castOp, [x], { dtype: "float32" })], attributes), scalarNode(0)], {}),
);
