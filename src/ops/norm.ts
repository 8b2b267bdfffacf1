import { makeNode } from "../ir/makeNode.js";
import { type ReduceFunction, reduceComposite } from "./shared/reduce.js";
import { sqrtOp } from "./sqrt.js";
import { squareOp } from "./square.js";
import { sumOp } from "./sum.js";

/**
 * The Euclidean norm over some axes, or all: √Σx². Of zeros alone it has no slope: the gradient is NaN there, as TensorFlow's, and 0 where nothing flows back.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * norm(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const norm: ReduceFunction<"norm", "float32"> = /* @__PURE__ */ reduceComposite(
  "norm",
  ["float32"],
  (x, attributes) => makeNode(sqrtOp, [makeNode(sumOp, [makeNode(squareOp, [x], {})], attributes)], {}),
);
