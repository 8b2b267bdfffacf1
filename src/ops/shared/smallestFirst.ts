import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf } from "../../ir/node.js";
import { axisRule, checkOption } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { TensorLike } from "../../ir/tensor.js";
import { checkAxis, normalizeAxis } from "../../types/axis.js";
import { checkDType } from "../../types/dtype.js";
import { resultsOf } from "../result.js";
import { topKOp } from "../topK.js";
import { toLastAxis } from "./moved-axis.js";
import { reversed } from "./reversed.js";

/** The elements along an axis, put last, from the smallest: `values` in the opposite order of numbers, and their `places`. */
export function smallestFirst(
  op: string,
  x: TensorLike,
  axis = -1,
): { readonly along: number; readonly values: Node; readonly places: Node } {
  const node = nodeOf(x, op);
  checkOption(op, "axis", axis, axisRule);
  refuse("SW_DTYPE", op, checkDType(op, node.dtype, ["float32", "int32"]));
  refuse("SW_VALUE", op, checkAxis(op, node.shape, axis));
  const along = normalizeAxis(node.shape, axis);
  const all = makeNode(topKOp, [reversed(toLastAxis(node, along))], { k: node.shape[along]! });
  const [values, places] = resultsOf(all);
  return { along, values: values!, places: places! };
}
