import { makeNode } from "../ir/makeNode.js";
import { prodOp } from "./prod.js";
import { knownOr } from "./shared/known.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";

/**
 * The product of the elements that are not NaN, over some axes, or all: 1 of none.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * nanProd(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const nanProd: ReduceFunction<"nanProd", "float32"> = /* @__PURE__ */ reduceComposite(
  "nanProd",
  ["float32"],
  (x, attributes) => makeNode(prodOp, [knownOr(x, 1)], attributes),
);
