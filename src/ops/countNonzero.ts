import { type DType, dtypes } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { Axes } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import type { CheckAxes, RemoveAxes } from "../types/reduce.js";
import { castOp } from "./cast.js";
import { scalarNode } from "./constant.js";
import { notEqualOp } from "./notEqual.js";
import type { OrMessage } from "./shared/orMessage.js";
import { type AxisAlone, type ReduceOptions, reduceComposed } from "./shared/reduce.js";
import { sumOp } from "./sum.js";

/**
 * How many of a tensor's elements are not 0, or true, over some axes, or all. NaN is not 0.
 *
 * @param x any shape and dtype
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range
 * @example
 * countNonzero(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "int32">
 */
export function countNonzero<
  const S extends Shape,
  D extends DType,
  const A extends Axes = undefined,
  Keep extends boolean = false,
>(
  x: Tensor<S, D>,
  options?: ReduceOptions<OrMessage<A, CheckAxes<"countNonzero", S, A>>, Keep> | AxisAlone<"countNonzero">,
): Tensor<RemoveAxes<S, A, Keep>, "int32"> {
  const build: Parameters<typeof reduceComposed>[2] = (node, attributes) => {
    return makeNode(sumOp, [makeNode(castOp, [isSet(node)], { dtype: "int32" })], attributes);
  };
  return tensorOf(reduceComposed("countNonzero", dtypes, build, x, options));
}

function isSet(x: Node): Node {
  if (x.dtype === "bool") return x;
  if (x.dtype === "uint8") return makeNode(castOp, [x], { dtype: "bool" });
  return makeNode(notEqualOp, [x, scalarNode(0, x.dtype)], {});
}
