import { isOp, type Node } from "../../src/ir/node.js";

/** Whether a node is a constant all of whose elements are `value`; -0 and 0 are two. */
export function isConstant(node: Node, value: number): boolean {
  if (!isOp(node, "constant")) return false;
  return node.attributes.value.data.every((element: number) => Object.is(element, value));
}
