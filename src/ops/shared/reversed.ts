import { array } from "../../ir/array.js";
import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import { constantOp } from "../constant.js";
import { negOp } from "../neg.js";
import { subtractOp } from "../subtract.js";

/**
 * Numbers in the opposite order, which reversed again are themselves: -x; of integers -1 - x, as the smallest of int32 has no
 * negative.
 */
export function reversed(x: Node): Node {
  if (x.dtype !== "int32") return makeNode(negOp, [x], {});
  const minusOne = makeNode(constantOp, [], { value: array(new Int32Array([-1]), []) });
  return makeNode(subtractOp, [minusOne, x], {});
}
