import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import type { Dim } from "../../types/dim.js";
import { broadcastToOp } from "../broadcastTo.js";

/** A scalar everywhere in a shape. */
export function filled(shape: readonly Dim[], scalar: Node): Node {
  return shape.length === 0 ? scalar : makeNode(broadcastToOp, [scalar], { shape });
}
