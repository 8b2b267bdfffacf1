import { makeNode } from "../ir/makeNode.js";
import { maxOp } from "./max.js";
import { minOp } from "./min.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";
import { subtractOp } from "./subtract.js";

/**
 * From the smallest element to the largest: how far they are apart, over some axes, or all.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * ptp(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const ptp: ReduceFunction<"ptp", "float32"> = /* @__PURE__ */ reduceComposite(
  "ptp",
  ["float32"],
  (x, attributes) => makeNode(subtractOp, [makeNode(maxOp, [x], attributes), makeNode(minOp, [x], attributes)], {}),
);
